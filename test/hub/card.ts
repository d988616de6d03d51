import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';

export interface CardProblems {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

interface Config {
  readonly config_name?: unknown;
  readonly data_files?: unknown;
}

/** What `validate-yaml` finds in a README.md. */
export function cardProblems(readme: string): CardProblems {
  const yaml = /^---[ \t]*\r?\n(.*?)^---[ \t]*$/ms.exec(readme)?.[1];
  if (yaml === undefined) return { errors: [], warnings: ['empty or missing yaml metadata in repo card'] };
  try {
    const metadata = load(yaml, { schema: FAILSAFE_SCHEMA });
    if (metadata === '' || metadata === undefined) return { errors: [], warnings: [] };
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
      return { errors: ['metadata has to be a mapping'], warnings: [] };
    }
    const { configs } = metadata as { readonly configs?: unknown };
    if (configs === undefined) return { errors: [], warnings: [] };
    if (!Array.isArray(configs)) return { errors: ['"configs" must be an array'], warnings: [] };
    return { errors: (configs as Config[]).flatMap(configProblems), warnings: [] };
  } catch (error) {
    if (error instanceof YAMLException) return { errors: [error.message], warnings: [] };
    throw error;
  }
}

function configProblems({ config_name: name, data_files: files }: Config, index: number): string[] {
  const missing = typeof name === 'string' && name !== '' ? [] : [`"configs[${index}].config_name" is required`];
  if (!Array.isArray(files)) return missing;
  const splits = (files as { readonly split?: unknown }[]).map(({ split }) => split);
  const bad = splits.filter((split) => typeof split !== 'string' || !/^\w+(?:\.\w+)*$/.test(split));
  return [...missing, ...bad.map((split) => `"configs[${index}]" has the bad split name ${JSON.stringify(split)}`)];
}
