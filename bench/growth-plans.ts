/** Judges what EXPLAIN says of a statement: whether any table that grows with the service is read as a whole. */

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` gives it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Subplan Name'?: string;
  'CTE Name'?: string;
  Plans?: PlanNode[];
  /** With ANALYZE and BUFFERS: pages of 8 KiB, those of the nodes beneath included. */
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
}

/** What `EXPLAIN (FORMAT JSON)` gives: a list of one. */
export type Explained = [{ Plan: PlanNode; 'Execution Time'?: number }];

/** Tables that may be read whole, and why. */
export const SMALL_TABLES: Record<string, string> = {
  view_logs: 'has one row as long as Upstash keeps the log of views',
  pg_class: 'has a row for each table and index',
};

/** Every node that reads all rows of a table that grows: in sequence, or through an index without a condition on it. */
export function fullScans(plan: PlanNode): string[] {
  return nodesOf(plan).flatMap((node) => {
    const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, 'Index Cond': condition } = node;
    const isFull = type === 'Seq Scan' || (/^(Bitmap )?Index/.test(type) && !condition);
    const isSmall = table !== undefined && table in SMALL_TABLES;
    return isFull && !isSmall ? [`${type} on ${table ?? index}`] : [];
  });
}

/**
 * Pages that a statement touched, in memory or not; those that planning took are left out. A CTE that writes and that
 * nothing reads runs after everything else, and is in no other node's count.
 */
export function pagesOf([{ Plan: root }]: Explained): number {
  const nodes = nodesOf(root);
  const read = new Set(nodes.map((node) => node['CTE Name']));
  const apart = nodes.filter(
    ({ 'Node Type': type, 'Subplan Name': name = '' }) =>
      type === 'ModifyTable' && !read.has(name.replace('CTE ', '')),
  );
  const counted = new Set([root, ...apart]);
  return [...counted].reduce(
    (sum, node) => sum + (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0),
    0,
  );
}

/** The tables that a plan touches. */
export function tablesOf([{ Plan }]: Explained): string[] {
  const tables = nodesOf(Plan).flatMap(({ 'Relation Name': table }) => table ?? []);
  return [...new Set(tables)].sort();
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
