/** Judges what EXPLAIN says of a statement: whether any table that grows with the service is read as a whole. */

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` gives it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
  /** With ANALYZE and BUFFERS: pages of 8 KiB, those of the nodes beneath included. */
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
}

/** What `EXPLAIN (FORMAT JSON)` gives: a list of one. */
export type Explained = [{ Plan: PlanNode; 'Execution Time'?: number }];

/** Tables that may be read whole, and why. */
const SMALL_TABLES: Record<string, string> = {
  view_logs: 'has one row as long as Upstash keeps the log of views',
  pg_class: 'has a row for each table and index',
};

/** Every node that reads all rows of a table that grows: in sequence, or through an index without a condition on it. */
export function fullScans({ Plans = [], ...node }: PlanNode): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, 'Index Cond': condition } = node;
  const isFull = type === 'Seq Scan' || (/^(Bitmap )?Index/.test(type) && !condition);
  const small = table !== undefined && table in SMALL_TABLES;
  const own = isFull && !small ? [`${type} on ${table ?? index}`] : [];
  return [...own, ...Plans.flatMap(fullScans)];
}

/** Pages that a statement touched, in memory or not; those that planning took are left out. */
export function pagesOf([{ Plan }]: Explained): number {
  return (Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0);
}
