import { content, route, type Call, type Reply, type Route } from '../http';
import { Refusal } from '../refusal';
import type { StoredFile, TestRepository } from '../repository';
import type { HubState } from '../state';

/** The content of files. */
export function downloadRoutes(hub: HubState): Route[] {
  const found = (call: Call): { repository: TestRepository; file: StoredFile; headers: Record<string, string> } => {
    const repository = hub.open(call, 'read');
    const commit = repository.at(call.param('revision'));
    const file = commit.files.get(call.param('path'));
    if (!file) throw new Refusal(404, 'Entry not found', 'EntryNotFound');
    return { repository, file, headers: { 'x-repo-commit': commit.oid, etag: `"${file.oid}"` } };
  };
  return [
    route('GET', '/datasets/:namespace/:name/resolve/:revision/*path', (call): Reply => {
      const { repository, file, headers } = found(call);
      if (file.sha256 === undefined) return content(call, file.blob, file.size, { ...headers, ...plain });
      // Another host name than the Hub's: clients keep the headers of this answer only then.
      const location = hub.signed(`/${repository.id}/${file.sha256}`);
      const linked = { 'x-linked-size': `${file.size}`, 'x-linked-etag': `"${file.sha256}"` };
      return { status: 302, headers: { ...headers, ...linked, location } };
    }),
    route('GET', '/datasets/:namespace/:name/raw/:revision/*path', (call): Reply => {
      const { file, headers } = found(call);
      return content(call, file.blob, file.blob.length, { ...headers, ...plain });
    }),
  ];
}

const plain = { 'content-type': 'text/plain; charset=utf-8' };
