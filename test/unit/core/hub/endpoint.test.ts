import { describe, expect, it } from 'vitest';
import { endpointOf } from '../../../../extension/core/hub/endpoint';

describe('the address of the Hub', () => {
  it("is the one that was chosen, else that of HF_ENDPOINT, else Hugging Face's", () => {
    const environment = { HF_ENDPOINT: 'https://hub.example.com/' };
    expect(endpointOf('https://other.example.com', environment)).toBe('https://other.example.com');
    expect(endpointOf(' ', environment)).toBe('https://hub.example.com');
    expect(endpointOf('', {})).toBe('https://huggingface.co');
  });

  it('keeps the path of a Hub behind a proxy, without a slash at the end', () => {
    expect(endpointOf('https://example.com/hub//', {})).toBe('https://example.com/hub');
  });

  it('is not encrypted on this machine only', () => {
    expect(endpointOf('http://127.0.0.1:8080', {})).toBe('http://127.0.0.1:8080');
    expect(endpointOf('http://localhost:8080/', {})).toBe('http://localhost:8080');
    expect(() => endpointOf('http://hub.example.com', {})).toThrow(/not encrypted/);
    expect(() => endpointOf('http://localhost.example.com', {})).toThrow(/not encrypted/);
  });

  it.each(['hub.example.com', 'ftp://hub.example.com', 'javascript:alert(1)', 'https://'])('is not %s', (given) => {
    expect(() => endpointOf(given, {})).toThrow(/no address/);
  });

  it('holds no password, which logs would show', () => {
    expect(() => endpointOf('https://ada:secret@hub.example.com', {})).toThrow(/more than a host/);
  });
});
