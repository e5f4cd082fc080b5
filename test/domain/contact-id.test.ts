/** What an address book knows a contact by. */
import { expect, test } from 'vitest';
import { contactId } from '../../src/domain/contact-id.ts';

const ID = '0191b7f0-1234-7000-8000-000000000001';

test('is a UUID of version 8, always the same for a user and another for others', async () => {
  expect(await contactId(ID)).toBe(await contactId(ID));
  expect(await contactId(ID)).toMatch(
    /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  expect(await contactId(ID)).not.toBe(await contactId(ID.replace(/1$/, '2')));
});

test('does not tell the id', async () => {
  expect(await contactId(ID)).not.toContain(ID.slice(0, 8));
});
