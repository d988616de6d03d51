import { cardProblems } from '../card';
import { json, jsonBody, route, type Route } from '../http';

export function cardRoutes(): Route[] {
  return [
    route('POST', '/api/validate-yaml', async (call) => {
      const { content = '' } = await jsonBody<{ content: string }>(call);
      const { errors, warnings } = cardProblems(content);
      const messages = (texts: readonly string[]): { message: string }[] => texts.map((message) => ({ message }));
      return json({ errors: messages(errors), warnings: messages(warnings) });
    }),
  ];
}
