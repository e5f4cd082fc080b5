/** The OpenAPI 3.1 document, made from the table of operations and the routes' own schemas. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import about from '../package.json' with { type: 'json' };
import { PROBLEMS, type ProblemCode } from '../src/domain/problem.ts';
import { ANSWERS, type AnswerName } from '../src/routes/docs/answers.ts';
import { COMMON_HEADERS, HEADERS, type HeaderName, STATUS_HEADERS } from '../src/routes/docs/headers.ts';
import { type Content, PATH_PARAMETERS, TAGS } from '../src/routes/docs/operation.ts';
import type { Access } from '../src/routes/middleware/access.ts';
import { type FullOperation, OPERATIONS } from './operations.ts';
import { PARAMETERS } from './parameters.ts';

const INTRODUCTION = `Every path that answers GET answers HEAD too; what a path does not take is answered 405 with \`Allow\`.
Failures are \`application/problem+json\` (RFC 9457), to browsers on pages a page: match \`code\`, never the texts.
Owners send \`Authorization: Bearer <token>\`, or their browser sends its cookie.`;

const COOKIE_NOTE = 'Writes by cookie must come from a page of this site (Sec-Fetch-Site, Origin).';

/** What to describe: the API for programs, the pages and forms of browsers, or both. */
export type Part = 'api' | 'pages' | 'all';

/** The description of the service. */
export function openApiDocument(part: Part) {
  const tags = Object.entries(TAGS)
    .map(([name, tag]) => ({ name, isForBrowsers: false, ...tag }))
    .filter(({ isForBrowsers }) => part === 'all' || isForBrowsers === (part === 'pages'));
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method, route] = key.split(' ') as [string, string];
    if (!tags.some(({ name }) => name === operation.tag)) continue;
    const path = pathOf(operation.path ?? route);
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(key, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: part === 'pages' ? 'DevCard Edge: pages' : 'DevCard Edge',
      version: about.version,
      description: INTRODUCTION,
      contact: { name: 'The authors of DevCard Edge' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: tags.map(({ name, description }) => ({ name, description })),
    servers: [{ url: '/' }],
    paths,
    components: componentsFor(paths),
  };
}

type Document = ReturnType<typeof openApiDocument>;
type OperationObject = ReturnType<typeof describe>;

/** The shared parts that these paths refer to, directly or through another part. */
function componentsFor(paths: object) {
  const used = new Set<string>();
  function collect(part: object): void {
    for (const [ref, kind, name] of JSON.stringify(part).matchAll(/#\/components\/(\w+)\/([\w-]+)/g)) {
      if (used.has(ref)) continue;
      used.add(ref);
      collect((COMPONENTS as Record<string, Record<string, object>>)[kind as string]?.[name as string] ?? {});
    }
  }
  collect(paths);
  const only = <Part>(kind: string, parts: Record<string, Part>) =>
    Object.fromEntries(
      Object.entries(parts).filter(([name]) => used.has(`#/components/${kind}/${name}`)),
    ) as Record<string, Part>;
  const { schemas, parameters, headers, securitySchemes } = COMPONENTS;
  return {
    schemas: only('schemas', schemas),
    parameters: only('parameters', parameters),
    headers: only('headers', headers),
    securitySchemes: Object.fromEntries(
      Object.entries(securitySchemes).filter(([name]) => JSON.stringify(paths).includes(`{"${name}":[]}`)),
    ),
  };
}

/** A path of the router as OpenAPI writes it. */
function pathOf(route: string): string {
  return route.replace(/:(\w+)/g, '{$1}');
}

const SECURITY: Partial<Record<Access, object[]>> = {
  owner: [{ token: [] }, { cookie: [] }],
  ownersBrowser: [{ cookie: [] }],
  pendingSignUp: [{ pendingSignUp: [] }],
};

const ref = <Kind extends keyof Document['components']>(kind: Kind, name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});

function describe(key: string, operation: FullOperation) {
  const { summary, tag, access } = operation;
  const content = bodyOf(operation);
  return {
    operationId: operation.id ?? operationId(key),
    summary,
    description: descriptionOf(operation),
    tags: [tag],
    security: (access && SECURITY[access]) ?? [],
    parameters: parametersOf(key, operation),
    ...(content && { requestBody: { required: true, content } }),
    responses: responsesOf(operation),
  };
}

const WHO_MAY: Partial<Record<Access, string>> = {
  owner: 'Needs the token or the cookie of an owner.',
  ownersBrowser: 'Needs the cookie of a signed-in browser.',
  pendingSignUp: 'Needs the cookie of a sign-up that waits for its username.',
};

function descriptionOf({ access, ifMatch, conditional, isView }: FullOperation): string {
  return [
    (access && WHO_MAY[access]) ?? 'Needs no authentication.',
    conditional && 'Send `If-None-Match` to save the body of what you have.',
    ifMatch && 'Send `If-Match` to save a change that somebody else made meanwhile.',
    isView && 'An answer counts as a view; `source` says where the viewer came from.',
  ]
    .filter(Boolean)
    .join(' ');
}

const FORM = 'application/x-www-form-urlencoded';
const FORM_FIELDS = {
  type: 'object',
  properties: {
    version: { type: 'string', description: 'The ETag of what the form was filled from', examples: ['1'] },
  },
  required: ['version'],
};

/** What can be sent, by media type. Fields of the editor's forms are the editor's own affair. */
function bodyOf({ kind, body, form, example }: FullOperation): Record<string, object> | undefined {
  if (kind === 'form') return { [FORM]: { schema: FORM_FIELDS }, 'multipart/form-data': {} };
  if (!body) return undefined;
  const schema = schemaOf(body);
  const shown = example?.body === undefined ? {} : { example: example.body };
  return { 'application/json': { schema, ...shown }, ...(form && { [FORM]: { schema } }) };
}

/** Of a page, such as `getMeStats`: unique, because paths are. */
function operationId(key: string): string {
  const [method = '', ...words] = key.match(/[A-Za-z]+/g) ?? [];
  return [method.toLowerCase(), ...words.map((word) => word[0]?.toUpperCase() + word.slice(1))].join('');
}

function parametersOf(
  key: string,
  { path, query, ifMatch, idempotent, isView, conditional, example }: FullOperation,
): object[] {
  const inPath = [...(path ?? key).matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const { example: usual, ...rule } = PATH_PARAMETERS[name] ?? {};
    const value = example?.params?.[name] ?? usual;
    return { name, in: 'path', required: true, schema: { type: 'string', ...rule }, example: value };
  });
  const inQuery = Object.entries(query?.entries ?? {}).map(([name, schema]) => {
    const value = example?.query?.[name];
    return { name, in: 'query', schema: schemaOf(schema), ...(value !== undefined && { example: value }) };
  });
  return [
    ...inPath,
    ...inQuery,
    ...(isView ? [ref('parameters', 'Source')] : []),
    ...(conditional ? [ref('parameters', 'IfNoneMatch')] : []),
    ...(ifMatch ? [ref('parameters', 'IfMatch')] : []),
    ...(idempotent ? [ref('parameters', 'IdempotencyKey')] : []),
  ];
}

interface ResponseObject {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, object>;
}

function responsesOf(operation: FullOperation): Record<string, ResponseObject> {
  const { summary, status = 200, failing, conditional, others, headers, problems } = operation;
  const responses: Record<string, ResponseObject> = {};
  const answer = { description: summary, ...contentOf(operation) };
  responses[status] = { ...answer, headers: headersOf(status, headers) };
  if (failing) responses[failing] = { ...answer, headers: headersOf(failing, headers) };
  if (conditional)
    responses[304] = { description: 'The client’s copy is right', headers: headersOf(304, headers) };
  for (const [other, description] of Object.entries(others)) {
    responses[other] = { description, headers: headersOf(Number(other)) };
  }
  for (const [problemStatus, codes] of Object.entries(byStatus(problems))) {
    responses[problemStatus] = {
      description: codes.map((code) => PROBLEMS[code].title).join('; '),
      headers: headersOf(Number(problemStatus)),
      content: problemContent(operation, codes),
    };
  }
  responses['4XX'] = { description: 'Another problem of the request', content: problemContent(operation) };
  responses['5XX'] = { description: 'An error of the service itself', content: problemContent(operation) };
  return responses;
}

function byStatus(problems: readonly ProblemCode[]): Record<string, ProblemCode[]> {
  return Object.groupBy(problems, (code) => PROBLEMS[code].status) as Record<string, ProblemCode[]>;
}

function headersOf(status: number, headers: readonly HeaderName[] = []) {
  const names = [...COMMON_HEADERS, ...(STATUS_HEADERS[status] ?? []), ...headers];
  return Object.fromEntries(names.map((name) => [name, ref('headers', name)]));
}

function problemContent({ problemTypes }: FullOperation, codes?: readonly ProblemCode[]) {
  const problem = ref('schemas', 'Problem');
  const schema = codes ? { allOf: [problem, { properties: { code: { enum: codes } } }] } : problem;
  return Object.fromEntries(problemTypes.map((type) => [type, type.endsWith('json') ? { schema } : TEXT]));
}

const TEXT = { schema: { type: 'string' } };
const BYTES = {};

function contentOf({ answer, list, example }: FullOperation): { content?: Record<string, object> } {
  if (answer === null) return {};
  const choices = (Array.isArray(answer) ? answer : [answer]) as readonly Content[];
  const shown = example?.answer === undefined ? {} : { example: example.answer };
  const contents = choices.map((choice) => {
    if (!isAnswerName(choice))
      return [choice, choice === 'image/png' || choice === 'image/x-icon' ? BYTES : TEXT];
    const one = ref('schemas', choice);
    const schema = list ? { type: 'array', items: one } : one;
    const type = {
      KeySet: 'application/jwk-set+json',
      RevocationList: 'application/jose+json',
      Jrd: 'application/jrd+json',
    }[choice as string];
    return [type ?? 'application/json', { schema, ...shown }];
  });
  return { content: Object.fromEntries(contents) };
}

function isAnswerName(content: Content): content is AnswerName {
  return content in ANSWERS;
}

/** JSON Schema of what is to be sent; what our own rules add stands in the schema's metadata. */
function schemaOf(schema: v.GenericSchema): object {
  const { $schema: _, ...json } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === 'metadata'
        ? {
            ...jsonSchema,
            ...(valibotAction as unknown as v.MetadataAction<unknown, Record<string, unknown>>).metadata,
          }
        : undefined,
  });
  return json;
}

const COMPONENTS = {
  schemas: Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, schemaOf(answer)])),
  parameters: PARAMETERS,
  headers: Object.fromEntries(
    Object.entries(HEADERS).map(([name, { description, pattern, example }]) => [
      name,
      { description, required: true, schema: { type: 'string', pattern }, example },
    ]),
  ),
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer' },
    cookie: { type: 'apiKey', in: 'cookie', name: '__Host-devcard', description: COOKIE_NOTE },
    pendingSignUp: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-devcard-sign-up',
      description: COOKIE_NOTE,
    },
  },
};
