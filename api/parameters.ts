/** Parameters that many operations have. */
import { SOURCES } from '../src/domain/views/view.ts';

/** By the name that they have in the description. */
export const PARAMETERS = {
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'ETags of what the client has: 304 where one of them is still right (RFC 9110 section 13.1.2).',
    schema: { type: 'string' },
    example: '"7"',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag on which the change builds: 412 where it is no longer right (RFC 9110 section 13.1.1).',
    schema: { type: 'string' },
    example: '*',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A text of the client’s own, such as a UUID: within a day the same request is done once and answered alike.',
    schema: { type: 'string' },
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  Source: {
    name: 'source',
    in: 'query',
    description: 'By what way the viewer got here, for the owner’s numbers; anything else counts as none.',
    schema: { type: 'string', enum: SOURCES },
  },
} as const;
