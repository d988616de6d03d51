import type { SaverTarget } from '../types';
import { gradioDirsLayout, gradioLayout } from './gradioLayout';
import { parquetLayout } from './parquetLayout';
import type { FlagLayout } from './types';

export const layouts: Readonly<Record<SaverTarget['layout'], FlagLayout>> = {
  parquet: parquetLayout,
  gradio: gradioLayout,
  gradioDirs: gradioDirsLayout,
};
