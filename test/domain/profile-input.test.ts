/** Bodies that owners send: what becomes of them, and the sentences for what is wrong. */
import { toJsonSchema } from '@valibot/to-json-schema';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  CardInput,
  CardPatch,
  LinkInput,
  ProfilePatch,
  ReorderInput,
} from '../../src/domain/profile-input.ts';
import { PLATFORMS } from '../../verify/platforms.ts';

const ID = '0191b7f0-0000-7000-8000-000000000001';
const OTHER_ID = '0191b7f0-0000-7000-8000-000000000002';

/** The output, or the errors by path. */
function parse(schema: v.GenericSchema, body: unknown): unknown {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  return Object.fromEntries(result.issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message]));
}

const REQUIRED = 'This field is required.';
const UNKNOWN = 'There is no such field.';

describe('ProfilePatch', () => {
  test.each([
    [{}, {}],
    [{ displayName: ' Ada ' }, { displayName: 'Ada' }],
    [
      { bio: '', pronouns: ' ', role: null, company: '\u200b' },
      { bio: null, pronouns: null, role: null, company: null },
    ],
    [{ bio: 'a\r\nb' }, { bio: 'a\nb' }],
    [
      { username: 'Ada', accentColor: '#ABCDEF' },
      { username: 'Ada', accentColor: '#abcdef' },
    ],
    [{ bio: '😀'.repeat(300) }, { bio: '😀'.repeat(300) }],
  ])('makes of %j', (body, output) => {
    expect(parse(ProfilePatch, body)).toEqual(output);
  });

  test('names every field that is wrong', () => {
    const body = {
      displayName: ' ',
      username: 'admin',
      bio: 'x'.repeat(301),
      pronouns: 'a\nb',
      role: 7,
      company: 'x\u202ey',
      accentColor: 'red',
      avatarUrl: 'https://x.example',
    };
    expect(parse(ProfilePatch, body)).toEqual({
      displayName: 'Fill this in.',
      username: 'This username is reserved. Choose another one.',
      bio: 'Use at most 300 characters; these are 301.',
      pronouns: 'The character U+000A is not allowed: use one line, without tabs.',
      role: 'Send a text.',
      company: 'The character U+202E is not allowed: it turns the direction of a text.',
      accentColor: 'Write a colour as # and six digits, such as #6366f1.',
      avatarUrl: UNKNOWN,
    });
  });

  test.each([
    [{ displayName: null }, { displayName: 'Send a text.' }],
    [{ accentColor: null }, { accentColor: 'Send a text.' }],
    [{ constructor: 1 }, { constructor: UNKNOWN }],
    [{ id: ID, email: 'a@b.org' }, { id: UNKNOWN }],
    ['Ada', { '': 'Send a JSON object.' }],
    [null, { '': 'Send a JSON object.' }],
  ])('refuses %j', (body, errors) => {
    expect(parse(ProfilePatch, body)).toEqual(errors);
  });
});

describe('LinkInput', () => {
  test('becomes the link that is stored', () => {
    expect(parse(LinkInput, { platform: 'github', username: 'https://github.com/ada/', url: null })).toEqual({
      platform: 'github',
      username: 'ada',
      url: 'https://github.com/ada',
    });
  });

  test.each([
    [{ username: 'ada' }, { platform: REQUIRED }],
    [{}, { platform: REQUIRED, username: REQUIRED }],
    [
      { platform: 'github', username: 'a b' },
      { username: 'A handle at GitHub has 1 to 39 letters (A to Z), digits or hyphens.' },
    ],
    [
      { platform: 'github', username: 'ada', url: 'https://x.com/ada' },
      { url: 'This is not an address of GitHub. It is one of X (Twitter): choose that.' },
    ],
    [{ platform: 'github', username: 'ada', id: ID }, { id: UNKNOWN }],
    [{ platform: 'github', username: 5 }, { username: 'Send a text.' }],
  ])('refuses %j', (body, errors) => {
    expect(parse(LinkInput, body)).toEqual(errors);
  });
});

describe('CardInput', () => {
  test('fills in what a new card needs', () => {
    expect(parse(CardInput, { title: ' Work ', linkIds: [OTHER_ID, ID] })).toEqual({
      title: 'Work',
      linkIds: [OTHER_ID, ID],
      description: null,
      visibility: 'PUBLIC',
      qrEnabled: true,
    });
  });

  test.each([
    [{}, { title: REQUIRED, linkIds: REQUIRED }],
    [{ title: '', linkIds: [] }, { title: 'Fill this in.' }],
    [{ title: 'x'.repeat(101), linkIds: [] }, { title: 'Use at most 100 characters; these are 101.' }],
    [{ title: 'x', linkIds: ['1'] }, { 'linkIds.0': 'This is not an id.' }],
    [{ title: 'x', linkIds: [ID, ID] }, { linkIds: 'A link can be on a card only once.' }],
    [{ title: 'x', linkIds: ids(51) }, { linkIds: 'A card has at most 50 links.' }],
    [{ title: 'x', linkIds: ID }, { linkIds: 'Send a list of link ids.' }],
    [
      { title: 'x', linkIds: [], visibility: 'public' },
      { visibility: 'Choose PUBLIC, UNLISTED or PRIVATE.' },
    ],
    [
      { title: 'x', linkIds: [], description: 'x'.repeat(301) },
      { description: 'Use at most 300 characters; these are 301.' },
    ],
    [{ title: 'x', linkIds: [], isDefault: true }, { isDefault: UNKNOWN }],
  ])('refuses %j', (body, errors) => {
    expect(parse(CardInput, body)).toEqual(errors);
  });
});

describe('CardPatch', () => {
  test.each([
    [{}, {}],
    [
      { description: '', visibility: 'PRIVATE' },
      { description: null, visibility: 'PRIVATE' },
    ],
    [{ linkIds: [] }, { linkIds: [] }],
  ])('fills in nothing: %j', (body, output) => {
    expect(parse(CardPatch, body)).toEqual(output);
  });
});

describe('ReorderInput', () => {
  test('keeps the places as they are sent', () => {
    const body = {
      links: [
        { id: ID, displayOrder: 7 },
        { id: OTHER_ID, displayOrder: 0 },
      ],
    };
    expect(parse(ReorderInput, body)).toEqual(body);
    expect(parse(ReorderInput, { links: [] })).toEqual({ links: [] });
  });

  test.each([
    [[{ id: ID, displayOrder: -1 }], { 'links.0.displayOrder': 'Count from 0.' }],
    [[{ id: ID, displayOrder: 0.5 }], { 'links.0.displayOrder': 'Send a whole number.' }],
    [[{ id: ID, displayOrder: 1e9 }], { 'links.0.displayOrder': 'Count to 9999 at the most.' }],
    [[{ id: ID, displayOrder: '0' }], { 'links.0.displayOrder': 'Send a number.' }],
    [[{ id: ID }], { 'links.0.displayOrder': REQUIRED }],
    [[{ id: ID, displayOrder: 0, url: 'x' }], { 'links.0.url': UNKNOWN }],
    [
      twice({ id: ID }, { displayOrder: 0 }, { displayOrder: 1 }),
      { links: 'Each link can be named only once.' },
    ],
    [
      twice({ displayOrder: 0 }, { id: ID }, { id: OTHER_ID }),
      { links: 'Each place can be given only once.' },
    ],
    [ids(51).map((id, displayOrder) => ({ id, displayOrder })), { links: 'There are at most 50 links.' }],
  ])('refuses %j', (links, errors) => {
    expect(parse(ReorderInput, { links })).toEqual(errors);
  });
});

describe('every schema', () => {
  const schemas = { ProfilePatch, LinkInput, CardInput, CardPatch, ReorderInput };

  test.each(Object.entries(schemas))('%s answers any JSON with an output or with errors', (_, schema) => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const result = v.safeParse(schema, body);
        if (!result.success) for (const { message } of result.issues) expect(message).toMatch(/^[A-Z].*\.$/);
      }),
    );
  });

  test('describes its input as JSON Schema', () => {
    const describe = (schema: v.GenericSchema) => {
      const { $schema, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
      return rest;
    };
    expect(describe(LinkInput)).toEqual({
      type: 'object',
      properties: {
        platform: { type: 'string', enum: PLATFORMS.map(({ id }) => id) },
        username: { type: 'string', description: 'The handle there, or the address of the profile page.' },
        url: {
          anyOf: [
            { type: 'string', description: 'Only where the address does not follow from the handle.' },
            { type: 'null' },
          ],
        },
      },
      required: ['platform', 'username'],
      additionalProperties: false,
    });
    expect(describe(CardInput)).toEqual({
      type: 'object',
      properties: {
        title: { type: 'string', minLength: 1, maxLength: 100 },
        linkIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 50,
          uniqueItems: true,
        },
        description: { anyOf: [{ type: 'string', maxLength: 300 }, { type: 'null' }], default: null },
        visibility: { type: 'string', enum: ['PUBLIC', 'UNLISTED', 'PRIVATE'], default: 'PUBLIC' },
        qrEnabled: { type: 'boolean', default: true },
      },
      required: ['title', 'linkIds'],
      additionalProperties: false,
    });
    expect(describe(ProfilePatch)).toMatchObject({
      properties: { bio: { anyOf: [{ type: 'string', maxLength: 300 }, { type: 'null' }] } },
      required: [],
    });
  });
});

function ids(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `0191b7f0-0000-7000-8000-${String(index).padStart(12, '0')}`,
  );
}

function twice<Shared, Own>(shared: Shared, ...own: Own[]): (Shared & Own)[] {
  return own.map((each) => ({ ...shared, ...each }));
}
