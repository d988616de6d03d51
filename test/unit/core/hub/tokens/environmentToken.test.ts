import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  environmentToken,
  tokenFilePath,
  tokenOfFile,
} from '../../../../../extension/core/hub/tokens/environmentToken';

const hub = 'https://huggingface.co';

describe('the token of the environment', () => {
  it('is HF_TOKEN before its older name', () => {
    expect(environmentToken({ HF_TOKEN: ' hf_new\r\n', HUGGING_FACE_HUB_TOKEN: 'hf_old' }, hub)).toBe('hf_new');
    expect(environmentToken({ HF_TOKEN: ' ', HUGGING_FACE_HUB_TOKEN: 'hf_old' }, hub)).toBe('hf_old');
    expect(environmentToken({}, hub)).toBeUndefined();
  });

  it('is given for the Hub of the environment only', () => {
    const environment = { HF_TOKEN: 'hf_secret', HF_ENDPOINT: 'https://hub.example.com/' };
    expect(environmentToken(environment, 'https://hub.example.com')).toBe('hf_secret');
    expect(environmentToken(environment, hub)).toBeUndefined();
    expect(environmentToken({ HF_TOKEN: 'hf_secret' }, 'https://hub.example.com')).toBeUndefined();
  });
});

describe('the token file', () => {
  it('is where huggingface_hub keeps it', () => {
    const home = join('/', 'home', 'ada');
    expect(tokenFilePath({}, home)).toBe(join(home, '.cache', 'huggingface', 'token'));
    expect(tokenFilePath({ XDG_CACHE_HOME: '/cache' }, home)).toBe(join('/cache', 'huggingface', 'token'));
    expect(tokenFilePath({ XDG_CACHE_HOME: '/cache', HF_HOME: '~/hf' }, home)).toBe(join(home, 'hf', 'token'));
    expect(tokenFilePath({ HF_HOME: '/hf', HF_TOKEN_PATH: '/run/token' }, home)).toBe('/run/token');
  });

  it('is read without its line end, and need not be there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flag-review-token-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'token');
    expect(await tokenOfFile(file)).toBeUndefined();
    await writeFile(file, 'hf_secret\n');
    expect(await tokenOfFile(file)).toBe('hf_secret');
    await expect(tokenOfFile(folder)).rejects.toThrow(/cannot be read/);
  });
});
