import { describe, expect, it } from 'vitest';
import { parseDemo } from '../../../../extension/core/demo/parse';

function parsed(callback: unknown) {
  const definition = { fn: 'a.py:f', inputs: 'textbox', outputs: 'label', flagging_callback: callback };
  const { demo, problems } = parseDemo(JSON.stringify(definition), '/demos/a.demo.json');
  return { callback: demo?.flaggingCallback, problems: problems.map(({ message }) => message) };
}

const saver = (keys: object): object => ({ name: 'HuggingFaceDatasetSaver', dataset_name: 'ada/flags', ...keys });

describe('flagging_callback as an object', () => {
  it('is a private repository in our layout unless it says otherwise', () => {
    const target = { repo: 'ada/flags', visibility: 'private', layout: 'parquet', infoFilename: 'dataset_info.json' };
    expect(parsed(saver({}))).toEqual({ callback: target, problems: [] });
    expect(parsed(saver({ private: false })).callback).toEqual({ ...target, visibility: 'public' });
    expect(parsed(saver({ layout: 'gradio' })).callback).toEqual({ ...target, layout: 'gradio' });
    expect(parsed(saver({ separate_dirs: true })).callback).toEqual({ ...target, layout: 'gradioDirs' });
    const named = { ...target, layout: 'gradio', infoFilename: 'infos.json' };
    expect(parsed(saver({ info_filename: 'infos.json' })).callback).toEqual(named);
  });

  it.each([
    [{ name: 'HuggingFaceDatasetSaver' }, '"flagging_callback" as an object needs "dataset_name".'],
    [{ dataset_name: 'ada/flags' }, '"flagging_callback" as an object needs "name".'],
    [saver({ dataset_name: 'flags' }), '"flags" is no name of a repository.'],
    [saver({ name: 'CSVLogger' }), '"flagging_callback.name" must be "HuggingFaceDatasetSaver", not "CSVLogger".'],
    [saver({ private: 'yes' }), '"flagging_callback.private" must be true or false, not "yes".'],
    [saver({ hf_token: 'x' }), '"hf_token" is not a key of "flagging_callback".'],
    [saver({ layout: 'parquet', separate_dirs: true }), '"separate_dirs" has no effect in the layout "parquet".'],
  ])('says what is wrong with %j', (callback, problem) => {
    expect(parsed(callback).problems).toContainEqual(expect.stringContaining(problem));
  });
});
