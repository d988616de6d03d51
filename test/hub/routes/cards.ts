import { cardProblems } from '../card';
import { json, jsonBody, route, type Route } from '../http';

export function cardRoutes(): Route[] {
  return [
    route('POST', '/api/validate-yaml', async (call) => {
      const { content = '' } = await jsonBody<{ content: string }>(call);
      const { errors, warnings } = cardProblems(content);
      const messages = (texts: readonly string[]): { message: string }[] => texts.map((message) => ({ message }));
      // huggingface_hub looks at the errors only when the status says that there are some.
      const status = errors.length > 0 ? 400 : 200;
      return json({ errors: messages(errors), warnings: messages(warnings) }, {}, status);
    }),
  ];
}
