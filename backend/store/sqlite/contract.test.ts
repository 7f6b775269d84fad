import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { storeContract } from '../contract.ts';
import { messageContract } from '../message-contract.ts';
import { openStore } from './open.ts';

describe('the embedded store keeps the contract of stores', () => {
  test.each([...storeContract, ...messageContract])('S14 $name', ({ run }) => {
    const directory = mkdtempSync(join(tmpdir(), 'vigil-contract-'));
    try {
      run(() => openStore(join(directory, 'hospital.db')));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
