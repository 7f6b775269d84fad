import { describe, expect, test } from 'vitest';
import { bindingFor, bindingsInForce, type KeyBinding, type KeyLayer, type KeyPress, keyCap, pressName } from './key-registry.ts';

const layer = (bindings: readonly KeyBinding[], exclusive = false): KeyLayer => ({ bindings: () => bindings, exclusive });
const bind = (key: string | readonly string[], label: string, more: Partial<KeyBinding> = {}): KeyBinding => ({
  key,
  label,
  run: () => undefined,
  ...more,
});
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  typing: false,
  ...more,
});

const shell = layer([bind('F2', 'Beds'), bind('?', 'Keys'), bind('Escape', 'Back')]);
const board = layer([
  bind(['ArrowUp', 'ArrowDown'], 'Bed'),
  bind('a', 'Acknowledge'),
  bind('x', 'Block', { when: false }),
  bind('Enter', 'Save', { whileTyping: true }),
]);
const dialog = layer([bind('Escape', 'Close')], true);

describe('what a press means', () => {
  test('upper and lower case are one key, Ctrl is another', () => {
    expect([pressName(press('A')), pressName(press('k', { ctrl: true })), pressName(press('ArrowUp'))]).toEqual([
      'a',
      'Ctrl+k',
      'ArrowUp',
    ]);
    expect(bindingFor([shell, board], press('A'))?.label).toBe('Acknowledge');
    expect(bindingFor([shell, board], press('a', { ctrl: true }))).toBeUndefined();
  });
  test('a key with Shift is not taken by a newer part that names it without', () => {
    const layers = [layer([bind('Shift+h', 'Handover')]), layer([bind('h', 'Hold')])];
    expect([press('H', { shift: true }), press('h')].map((pressed) => bindingFor(layers, pressed)?.label)).toEqual([
      'Handover',
      'Hold',
    ]);
  });
  test('Shift makes another key where something is bound to it', () => {
    const split = layer([bind('m', 'Merge'), bind('Shift+m', 'Split'), bind('Ctrl+Shift+Enter', 'Send at once')]);
    const means = (key: string, more: Partial<KeyPress> = {}) => bindingFor([shell, board, split], press(key, more))?.label;
    expect([
      means('m'),
      means('M', { shift: true }),
      means('Enter', { ctrl: true, shift: true, typing: true }),
      means('A', { shift: true }),
      means('?', { shift: true }),
    ]).toEqual(['Merge', 'Split', 'Send at once', 'Acknowledge', 'Keys']);
  });
  test('the newest layer wins and an exclusive one hides the rest', () => {
    expect(bindingFor([shell, board, dialog], press('Escape'))?.label).toBe('Close');
    expect(bindingFor([shell, board, dialog], press('a'))).toBeUndefined();
  });
  test('what says so is bound under a dialog as well, unless the dialog binds that key itself', () => {
    const toasts = layer([bind('z', 'Undo', { overDialogs: true }), bind('F2', 'Beds')]);
    const own = layer([bind('z', 'Zoom')], true);
    expect(bindingFor([toasts, board, dialog], press('z'))?.label).toBe('Undo');
    expect(bindingFor([toasts, board, dialog], press('F2'))).toBeUndefined();
    expect(bindingFor([toasts, board, dialog], press('z', { typing: true }))).toBeUndefined();
    expect(bindingFor([toasts, own], press('z'))?.label).toBe('Zoom');
    expect(bindingsInForce([toasts, board, dialog]).map(({ label }) => label)).toEqual(['Undo', 'Close']);
  });
  test('a binding that does not apply is not bound', () => expect(bindingFor([shell, board], press('x'))).toBeUndefined());
  test('letters belong to the field while typing; F-keys, Escape and what asks for it do not', () => {
    const typing = (key: string) => bindingFor([shell, board], press(key, { typing: true }))?.label;
    expect([typing('a'), typing('?'), typing('F2'), typing('Escape'), typing('Enter')]).toEqual([
      undefined,
      undefined,
      'Beds',
      'Back',
      'Save',
    ]);
  });
});

test('the list says exactly what is bound', () => {
  expect(bindingsInForce([shell, board]).map((binding) => binding.label)).toEqual([
    'Beds',
    'Keys',
    'Back',
    'Bed',
    'Acknowledge',
    'Save',
  ]);
  expect(bindingsInForce([shell, board], 'withIdle').map((binding) => binding.label)).toEqual([
    'Beds',
    'Keys',
    'Back',
    'Bed',
    'Acknowledge',
    'Block',
    'Save',
  ]);
  expect(bindingsInForce([shell, board, dialog]).map((binding) => binding.label)).toEqual(['Close']);
});

test('key caps', () =>
  expect(['a', 'ArrowUp', 'Ctrl+k', '?', 'Escape', '+'].map(keyCap)).toEqual([
    ['A'],
    ['↑'],
    ['Ctrl', 'K'],
    ['?'],
    ['Esc'],
    ['+'],
  ]));
