/** The script of `/me/carry` with a faked Web NFC: what is written, that it is read back, and that a lock is asked about. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';

const SOURCE = readFileSync(new URL('../../src/pages/carry.client.js', import.meta.url), 'utf8');
const ADDRESS = 'https://devcard.example/u/ada?source=nfc';

class Button {
  hidden = true;
  readonly dataset: Record<string, string>;
  click: () => unknown = () => undefined;
  constructor(dataset: Record<string, string> = {}) {
    this.dataset = dataset;
  }
  addEventListener(_type: string, listener: () => unknown) {
    this.click = listener;
  }
}

/** A page whose phone holds a tag. @param readBack what the tag says afterwards; null where it cannot be read */
function pageWith({
  hasNfc = true,
  readBack = ADDRESS as string | null,
  writeError = '',
  answer = true,
}: {
  hasNfc?: boolean;
  readBack?: string | null;
  writeError?: string;
  answer?: boolean;
} = {}) {
  const [write, lock, status] = [new Button({ nfc: ADDRESS }), new Button(), { textContent: '' }];
  const tag = { written: [] as unknown[], isLocked: false, scans: 0, stopped: 0 };
  class NDEFReader {
    onreading: ((event: unknown) => void) | undefined;
    onreadingerror: (() => void) | undefined;
    async write(message: unknown) {
      if (writeError) throw new Error(writeError);
      tag.written.push(message);
    }
    async scan({ signal }: { signal: AbortSignal }) {
      tag.scans += 1;
      signal.addEventListener('abort', () => {
        tag.stopped += 1;
      });
      queueMicrotask(() => {
        if (readBack === null) this.onreadingerror?.();
        else this.onreading?.({ message: { records: [{ data: new TextEncoder().encode(readBack) }] } });
      });
    }
    async makeReadOnly() {
      tag.isLocked = true;
    }
  }
  const found: Record<string, unknown> = {
    '[data-status]': status,
    '[data-nfc]': write,
    '[data-nfc-lock]': lock,
  };
  const globals: Record<string, unknown> = {
    document: { querySelector: (selector: string) => found[selector], querySelectorAll: () => [] },
    navigator: {},
    confirm: () => answer,
    AbortController,
    TextDecoder,
    ...(hasNfc && { NDEFReader }),
  };
  globals.window = globals;
  runInContext(SOURCE, createContext(globals));
  return { write, lock, status, tag };
}

test('without Web NFC there is no button', () => {
  const { write, lock } = pageWith({ hasNfc: false });
  expect([write.hidden, lock.hidden]).toEqual([true, true]);
});

test('writes one record of type URL, reads it back, and then offers the lock', async () => {
  const { write, lock, status, tag } = pageWith();
  expect([write.hidden, lock.hidden]).toEqual([false, true]);
  await write.click();
  expect(tag.written).toEqual([{ records: [{ recordType: 'url', data: ADDRESS }] }]);
  expect([tag.scans, tag.stopped, status.textContent]).toEqual([1, 1, 'The tag leads to your card.']);
  expect([lock.hidden, tag.isLocked]).toEqual([false, false]);
});

test.each([
  [
    'another text',
    { readBack: 'https://elsewhere.example' },
    'This tag says something else. Write it again.',
  ],
  ['nothing readable', { readBack: null }, 'Not written: The tag could not be read.'],
  ['a refusal', { writeError: 'NFC is switched off.' }, 'Not written: NFC is switched off.'],
])('after %s there is no lock', async (_, phone, said) => {
  const { write, lock, status } = pageWith(phone);
  await write.click();
  expect([status.textContent, lock.hidden]).toEqual([said, true]);
});

test('locks only who has been warned and agrees', async () => {
  const refused = pageWith({ answer: false });
  await refused.write.click();
  await refused.lock.click();
  expect(refused.tag.isLocked).toBe(false);
  const agreed = pageWith();
  await agreed.write.click();
  await agreed.lock.click();
  expect([agreed.tag.isLocked, agreed.status.textContent]).toEqual([true, 'The tag is locked.']);
});
