import type { Feature } from '../staging/types';
import { JsonType } from './jsonType';
import { TextType } from './textType';

/** What is found out about the cells of a column, one after the other. */
export interface ColumnType {
  add(cell: unknown): void;
  feature(): Feature;
}

/** The type of cells that are texts, of which a reader may have made lists and objects. */
export class CellType implements ColumnType {
  private readonly texts = new TextType();
  private readonly structures = new JsonType();
  private hasTexts = false;
  private hasStructures = false;

  add(cell: unknown): void {
    if (typeof cell === 'string' || cell === null) {
      this.hasTexts ||= typeof cell === 'string' && cell !== '';
      this.texts.add(cell);
    } else {
      this.hasStructures = true;
      this.structures.add(cell);
    }
  }

  feature(): Feature {
    if (!this.hasStructures) return this.texts.feature();
    return this.hasTexts ? { kind: 'json' } : this.structures.feature();
  }

  /** Whether a float keeps all numbers of the column. */
  get fitsFloat(): boolean {
    return !this.hasStructures && this.texts.fitsFloat;
  }
}
