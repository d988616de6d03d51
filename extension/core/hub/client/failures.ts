import { messageOf, type ExpectedError } from '../../errors';
import { isRecord, jsonOrUndefined } from '../../json';
import { HubError, type HubFailure } from '../hubError';
import { redact } from '../redact';
import type { RepositoryId } from '../repository';
import { contentChanged } from './content';
import { rateLimitWait } from './rateLimit';

/** What a request was about, for the sentences of its failure. */
export interface Subject {
  /** The Hub, such as `huggingface.co`. */
  readonly hub: string;
  /** Who was asked: the Hub, or its storage. */
  readonly host: string;
  readonly method: string;
  /** Without its query. */
  readonly address: string;
  /** Whether there is a token. */
  readonly signedIn: boolean;
  readonly repo: RepositoryId | undefined;
  /** The file that was on its way, in the repository. */
  readonly file: string | undefined;
}

/** An answer that is not a success, read whole. */
interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A failure that may be gone at the next try. */
export class PassingFailure extends HubError {
  /** Undefined where the Hub does not say how long to wait; ms. */
  readonly wait: number | undefined;

  constructor(
    failure: HubFailure,
    what: string,
    next: string,
    details: string,
    answer: HubError['answer'] & { readonly wait?: number } = {},
    options?: ErrorOptions,
  ) {
    super(failure, what, next, details, answer, options);
    this.wait = answer.wait;
  }
}

/** A signed address of the storage that is no longer good. */
export class ExpiredAddress extends HubError {}

const again = 'Plan the push again.';
/** A longer wait is left to people. Ms. */
const longestWait = 60_000;

/** The failure that an answer of the Hub, or of its storage, stands for. */
export function refusalOf(refusal: Refusal, subject: Subject, now: number): ExpectedError {
  const { status, headers } = refusal;
  const said = serverText(refusal);
  const { hub, host } = subject;
  const details = `${requestOf(subject)} answered ${status}${requestId(headers)}`;
  const fail = (failure: HubFailure, what: string, next: string): HubError =>
    new HubError(failure, what, next, details, { status });
  const because = said ? `: ${withoutStop(said)}.` : '.';
  if (subject.file !== undefined && isOtherContent(refusal)) return contentChanged(subject.file);
  if (status === 429) return rateLimited(headers, subject, because, details, now);
  if (status === 408 || status >= 500) {
    const what = `${placeOf(subject)} answered ${status}${whileOf(subject)}${because}`;
    return new PassingFailure('unreachable', what, 'Try again later.', details, { status });
  }
  if (host !== hub) {
    const what = `${placeOf(subject)} refuses ${thingOf(subject)} (${status})${because}`;
    if (!isExpired(refusal)) return fail('refused', what, again);
    return new ExpiredAddress('refused', what, 'Push again: what is stored is not sent again.', details, { status });
  }
  switch (status) {
    case 401:
      return subject.signedIn
        ? fail('unauthorized', `${hub} does not accept your token${because}`, 'Sign in again.')
        : fail('unauthorized', `${hub} asks who you are${because}`, 'Sign in first.');
    case 402:
    case 403:
      return fail('forbidden', `${hub} does not allow it${because}`, nextWhenForbidden(refusal, subject));
    case 404:
    case 410:
      return fail('missing', missing(refusal, subject, because), 'Check the name, and that your token may see it.');
    case 409:
      return conflict(refusal, subject, because, details);
    case 412:
      return fail('conflict', `${nameOf(subject)} changed meanwhile${because}`, again);
    case 413:
      return fail('tooLarge', `${hub} does not take so much at once${because}`, 'Push fewer or smaller files.');
    default:
      return fail(
        'refused',
        `${hub} refuses ${thingOf(subject)} (${status})${because}`,
        said ? 'Correct that, and try again.' : 'Try again later.',
      );
  }
}

/** The failure of a request that got no answer. */
export function networkFailure(error: unknown, subject: Subject): HubError {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = isRecord(cause) && typeof cause.code === 'string' ? cause.code : '';
  const certificate = isCertificate(code) ? `its certificate is not trusted (${code})` : undefined;
  const message = withoutStop(messageOf(cause));
  const reason = reasons[code] ?? certificate ?? reasons[message] ?? redact(message);
  const what = `${placeOf(subject)} cannot be reached${whileOf(subject)}: ${reason}.`;
  const next = 'Check the network and the settings of your proxy.';
  // Trying again changes neither.
  const Failure = certificate !== undefined || message === elsewhere ? HubError : PassingFailure;
  return new Failure('unreachable', what, next, requestOf(subject), {}, { cause: error });
}

/** What is thrown when a Hub, or something in its place, answers what no Hub would. */
export function notFromHub(hub: string, why: string, cause?: unknown): HubError {
  const what = `The answer is not that of a Hub: ${why}.`;
  const next = `Check the address of the Hub, and whether a proxy answers in the place of ${hub}.`;
  return new HubError('unreachable', what, next, '', {}, { cause });
}

/** Whether an answer holds the id of a commit where one belongs. */
export function isCommitId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
}

/** What `fetch` says of a redirect that it was told not to follow. */
const elsewhere = 'unexpected redirect';

/** By code, or by message where there is none. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host is known here',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_BODY_TIMEOUT: 'it stopped answering',
  [elsewhere]: 'it sends what is uploaded elsewhere',
};

function isCertificate(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);
}

function rateLimited(
  headers: Headers,
  subject: Subject,
  because: string,
  details: string,
  now: number,
): HubError | PassingFailure {
  const wait = rateLimitWait(headers, now);
  const retryAt = wait === undefined ? {} : { retryAt: now + wait };
  const until = wait === undefined ? 'for now' : `for ${durationText(wait)}`;
  const what = `${placeOf(subject)} takes no more requests ${until}${because}`;
  const next = 'Try again then; what was uploaded is not sent again.';
  if (wait === undefined || wait > longestWait + 1000) {
    return new HubError('rateLimited', what, next, details, { status: 429, ...retryAt });
  }
  return new PassingFailure('rateLimited', what, next, details, { status: 429, ...retryAt, wait });
}

function conflict(refusal: Refusal, subject: Subject, because: string, details: string): HubError {
  const underWay = /in progress/i.test(serverText(refusal));
  const what = underWay
    ? `Someone else is writing to ${nameOf(subject)}${because}`
    : `${nameOf(subject)} stands in the way${because}`;
  const answer = { status: 409 };
  return underWay
    ? new PassingFailure('conflict', what, 'Try again in a moment.', details, answer)
    : new HubError('conflict', what, again, details, answer);
}

function missing({ headers }: Refusal, subject: Subject, because: string): string {
  const { hub, file } = subject;
  const repo = nameOf(subject);
  const code = headers.get('x-error-code');
  if (code === 'RevisionNotFound') return `${repo} has no such branch or commit on ${hub}${because}`;
  if (code === 'EntryNotFound') return `There is no ${file ?? 'such file'} in ${repo} on ${hub}${because}`;
  return `There is no ${repo} on ${hub} that you may see${because}`;
}

/** What is refused for want of money, and not of a right. */
const needsPlan = /\b(?:licen[cs]e|plan|subscription|billing|payment|upgrade|storage limit)\b/i;

function nextWhenForbidden(refusal: Refusal, subject: Subject): string {
  const { headers } = refusal;
  const repo = nameOf(subject);
  if (!subject.signedIn) return 'Sign in first.';
  const said = serverText(refusal);
  if (needsPlan.test(said)) {
    const owner = repo.split('/')[0] ?? repo;
    return `This is up to the plan of ${owner}: ask who administers it, or push to another namespace.`;
  }
  // So the Hub tells its own clients.
  if (said.includes('create_pr')) return `Push as a pull request, or sign in with a token that may write to ${repo}.`;
  if (headers.get('x-error-code') === 'GatedRepo') return `Ask for access on the page of ${repo}.`;
  const access = subject.method === 'GET' ? 'read' : 'write';
  return `The token may lack ${access} access to ${repo}: sign in with one that has it.`;
}

/** Whether a storage found other bytes than were announced, as S3 says it. */
function isOtherContent({ status, text }: Refusal): boolean {
  return status === 400 && /BadDigest|InvalidDigest|SHA256Mismatch/.test(text);
}

/** Whether a storage says of an address that it was good before: S3 and its like have no code of their own for it. */
function isExpired({ status, text }: Refusal): boolean {
  return (status === 400 || status === 403) && /expired/i.test(text);
}

function whileOf({ file }: Subject): string {
  return file === undefined ? '' : ` while ${file} was on its way`;
}

function requestOf({ method, address }: Subject): string {
  return `${method} ${address}`;
}

function placeOf({ hub, host }: Subject): string {
  return host === hub ? hub : `${host}, the storage of ${hub},`;
}

function thingOf({ file }: Subject): string {
  return file ?? 'it';
}

function nameOf({ repo }: Subject): string {
  return repo ?? 'the repository';
}

const longestText = 500;

/** What the server says in words for people; never a page of a proxy. */
function serverText({ headers, text }: Refusal): string {
  const isPlain = /^text\/plain/i.test(headers.get('content-type') ?? '');
  const inXml = /<Message>([^<]*)<\/Message>/.exec(text)?.[1];
  const said = errorOf(text) ?? headers.get('x-error-message') ?? inXml ?? (isPlain ? text : '');
  const line = redact(said).replace(/\s+/g, ' ').trim();
  return line.startsWith('<') ? '' : line.slice(0, longestText);
}

function errorOf(text: string): string | undefined {
  const answer = jsonOrUndefined(text);
  const said = isRecord(answer) ? (answer.error ?? answer.message) : undefined;
  return typeof said === 'string' ? said : undefined;
}

function requestId(headers: Headers): string {
  const id = headers.get('x-request-id');
  return id === null ? '' : `, request ${redact(id)}`;
}

function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

/** For people: seconds up to two minutes, else minutes. */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
