/** Whether an answer is one that the OpenAPI document tells of, by an independent JSON Schema validator. */
import { type Schema, Validator } from '@cfworker/json-schema';
import { openApiDocument } from '../../api/document.ts';

/** The document as anybody sees it: JSON. */
export const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument('all'))) as OpenApiDocument;

export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, ParameterObject>;
    headers: Record<string, { schema: Schema }>;
  };
}

export interface OperationObject {
  summary: string;
  security?: Record<string, unknown>[];
  parameters: (ParameterObject | Reference)[];
  requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> };
  responses: Record<
    string,
    {
      headers?: Record<string, Reference>;
      content?: Record<string, { schema?: Schema; example?: unknown }>;
    }
  >;
}

interface Reference {
  $ref: string;
}

export interface ParameterObject {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: Schema;
  example?: string;
}

/** One operation, and where it is. */
export interface Described {
  method: string;
  /** With its parameters in braces. */
  path: string;
  operation: OperationObject;
}

/** All operations in the order of the document. */
export const DESCRIBED: readonly Described[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** The parameters of an operation, those of all operations resolved. */
export function parametersOf({ parameters }: OperationObject): ParameterObject[] {
  return parameters.map((one) =>
    '$ref' in one ? (DOCUMENT.components.parameters[nameOf(one)] as ParameterObject) : one,
  );
}

/** The path of an operation with the examples of its parameters in it. */
export function examplePath({ path, operation }: Described): string {
  const examples = new Map(parametersOf(operation).map(({ name, example }) => [name, example]));
  return path.replace(/\{(\w+)\}/g, (_, name) => examples.get(name) ?? '');
}

const nameOf = ({ $ref }: Reference) => $ref.split('/').at(-1) as string;

/** What is wrong with a value, by a schema of the document; empty where nothing is. */
export function schemaErrors(value: unknown, schema: Schema): string[] {
  const rooted = { ...schema, components: { schemas: DOCUMENT.components.schemas } };
  const { valid, errors } = new Validator(rooted, '2020-12', false).validate(value);
  return valid ? [] : errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/** Everything in which an answer is not as described; empty where it is. @param body as text; undefined after HEAD */
export function undescribed({ operation }: Described, answer: Response, body: string | undefined): string[] {
  const response = operation.responses[answer.status];
  if (!response) return [`The status ${answer.status} is not described: ${body?.slice(0, 300)}`];
  const faults: string[] = [];
  for (const name of Object.keys(response.headers ?? {})) {
    const value = answer.headers.get(name);
    const { schema } = DOCUMENT.components.headers[name] as { schema: Schema };
    if (value === null) faults.push(`${answer.status} has no ${name}`);
    else faults.push(...schemaErrors(value, schema).map((error) => `${name}: ${value}: ${error}`));
  }
  if (!response.content) return body ? [...faults, `${answer.status} has a body`] : faults;
  const type = answer.headers.get('Content-Type')?.split(';')[0] ?? '';
  const content = response.content[type];
  if (!content) faults.push(`${answer.status} comes as ${type}`);
  else if (content.schema && type.endsWith('json') && body !== undefined)
    faults.push(...schemaErrors(JSON.parse(body), content.schema));
  return faults;
}
