import { describe, expect, it } from 'vitest';
import { CallbackRegistry } from '../../../extension/ui/callbacks';

const factory = () => ({ setup: () => undefined, flag: () => 1 });

describe('flagging callbacks of other extensions', () => {
  it('are found by name until they are taken back', () => {
    const registry = new CallbackRegistry();
    const registration = registry.register('warehouse', factory);
    expect(registry.get('warehouse')).toBe(factory);
    registration.dispose();
    expect(registry.get('warehouse')).toBeUndefined();
  });

  it('neither replace each other nor the built-in loggers', () => {
    const registry = new CallbackRegistry();
    const first = registry.register('warehouse', factory);
    expect(() => registry.register('warehouse', factory)).toThrow('registered already');
    expect(() => registry.register('SimpleCSVLogger', factory)).toThrow('built-in');
    first.dispose();
    const second = registry.register('warehouse', factory);
    first.dispose();
    expect(registry.get('warehouse')).toBe(factory);
    second.dispose();
  });

  it('have names that no file reference can be mistaken for', () => {
    for (const name of ['', 'a b', 'callback.mjs:Export', '../x']) {
      expect(() => new CallbackRegistry().register(name, factory)).toThrow('is no name');
    }
  });
});
