/** `npm run client`: writes the types of `client/`, what each operation takes and gives, from the OpenAPI document. */
import { writeFile } from 'node:fs/promises';
import type { openApiDocument } from './document.ts';
import { loadDocuments } from './load.ts';

/** As much of JSON Schema as the document has. */
export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  pattern?: string;
  format?: string;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  description?: string;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
  description?: string;
  example?: string;
}

type Document = ReturnType<typeof openApiDocument>;
type Operation = Document['paths'][string][string];
type Responses = Operation['responses'];

/** Where they are written. */
export const CLIENT_TYPES = new URL('../client/api.ts', import.meta.url);

/** The text of `client/api.ts`. */
export function clientTypes(document: Document): string {
  const schemas = Object.entries(document.components.schemas as Record<string, Schema>);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => isForPrograms(operation))
      .map(([method, operation]) => operationType(`${method.toUpperCase()} ${path}`, operation, document)),
  );
  return `/** The types of the API. Made from its description: change that, not this. */

${schemas.map(([name, schema]) => `export type ${name} = ${typeOf(schema)};\n`).join('\n')}
/** Every operation: what goes into its path, query and body, what it answers, and with which codes it fails. */
export interface Operations {
${operations.join('')}}
`;
}

/** Programs have no use for what leads a browser from one page to the next. */
function isForPrograms({ responses }: Operation): boolean {
  const success = successOf(responses);
  const [type] = Object.keys(responses[success]?.content ?? {});
  return success < 300 && type !== 'text/html';
}

function successOf(responses: Responses): number {
  return Math.min(...Object.keys(responses).filter(Number).map(Number));
}

function operationType(name: string, operation: Operation, document: Document): string {
  const { summary, responses, requestBody } = operation;
  const parameters = operation.parameters.map((one) => resolved(one as Parameter & Schema, document));
  const body = (requestBody?.content['application/json'] as { schema: Schema } | undefined)?.schema;
  const lines = [
    ...group('path', parameters),
    ...group('query', parameters),
    ...(body ? [`body: ${typeOf(body, 2)};`] : []),
    `answer: ${answerType(responses[successOf(responses)]?.content)};`,
    `problem: ${union(problemCodes(responses))};`,
  ];
  return `  /** ${summary}. */\n  '${name}': {\n${lines.map((line) => `    ${line}\n`).join('')}  };\n`;
}

/** A parameter, where it is described once for all operations. */
export function resolved(parameter: Parameter & Schema, { components }: Document): Parameter {
  const name = parameter.$ref?.split('/').at(-1);
  return name ? (components.parameters[name as keyof typeof components.parameters] as Parameter) : parameter;
}

/** The parameters of one place, where there are any. */
function group(place: 'path' | 'query', all: Parameter[]): string[] {
  const parameters = all.filter((one) => one.in === place);
  if (parameters.length === 0) return [];
  const members = parameters.map(
    ({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(schema)}`,
  );
  return [`${place}${parameters.some(({ required }) => required) ? '' : '?'}: { ${members.join('; ')} };`];
}

function answerType(content: Record<string, object> = {}): string {
  const [[type, media] = []] = Object.entries(content);
  if (type === undefined) return 'undefined';
  if (type.endsWith('json')) return typeOf((media as { schema: Schema }).schema);
  return type.startsWith('text/') ? 'string' : 'Blob';
}

function problemCodes(responses: Responses): unknown[] {
  return Object.values(responses).flatMap(({ content }) => {
    const { schema } = (content?.['application/problem+json'] ?? {}) as { schema?: Schema };
    return schema?.allOf?.[1]?.properties?.code?.enum ?? [];
  });
}

const union = (values: readonly unknown[]) =>
  values.map((one) => JSON.stringify(one).replaceAll('"', "'")).join(' | ') || 'never';

/** TypeScript for a schema. @param depth how far its braces are indented */
export function typeOf(schema: Schema, depth = 0): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) as string;
  if (schema.const !== undefined) return union([schema.const]);
  if (schema.enum) return union(schema.enum);
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, depth)).join(' | ');
  switch (schema.type) {
    case 'array': {
      const item = typeOf(schema.items ?? {}, depth);
      return /^\w+$/.test(item) ? `${item}[]` : `Array<${item}>`;
    }
    case 'object':
      return objectType(schema, depth);
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return 'unknown';
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema, depth: number): string {
  if (!properties) {
    const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties, depth) : 'unknown';
    return `Record<string, ${values}>`;
  }
  const indent = '  '.repeat(depth + 1);
  const members = Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `${indent}/** ${schema.description} */\n` : '';
    return `${comment}${indent}${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, depth + 1)};\n`;
  });
  return `{\n${members.join('')}${'  '.repeat(depth)}}`;
}

if (import.meta.main) {
  const { openApiDocument } = await loadDocuments();
  await writeFile(CLIENT_TYPES, clientTypes(openApiDocument('api')));
}
