const hidden = '…';

/** `hf_…` of every kind; one of the identity kind (`hf_jwt_`) has dots and dashes too. */
const token = /hf_jwt_[\w.-]+|hf_[A-Za-z0-9_]+/g;

/** Whoever has the query of a signed address may do what it was signed for. */
const query = /(https?:\/\/[^\s?#"'<>]*)\?[^\s"'<>]*/gi;
const userInfo = /(https?:\/\/)[^\s/?#"'<>@]*@/gi;
/** Shorter ones are words, as in "the bearer token". */
const authorization = /((?:bearer|authorization["':\s]*basic)\s+)[^\s"'<>,;]{8,}/gi;
const signature = /\b(x-amz-[\w-]+|x-goog-[\w-]+|signature|policy|key-pair-id|awsaccesskeyid|sig)=[^\s&"'<>]+/gi;

/**
 * A text from outside as it may be shown, logged or kept: without tokens, passwords and the queries of addresses. What
 * was redacted once stays as it is.
 */
export function redact(text: string): string {
  return text
    .replace(userInfo, '$1')
    .replace(query, `$1?${hidden}`)
    .replace(authorization, `$1${hidden}`)
    .replace(signature, `$1=${hidden}`)
    .replace(token, `hf_${hidden}`);
}
