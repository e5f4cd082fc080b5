/** What a wire between the Worker and a stand-in can be told to do, and what it tells. */

/** What goes wrong on a wire. */
export interface Fault {
  kind: /** The connection is reset before the engine hears of the request. */
    | 'refuse'
    /** No answer ever comes; the engine hears of nothing. */
    | 'hang'
    /** The request goes on after `ms`. */
    | 'delay'
    /** An error answer of `status` (500 unless told), worded as the service words it; the engine hears of nothing. */
    | 'status'
    /** The engine does its work; the answer is 200 with a body that is no JSON. */
    | 'garbage'
    /** The engine does its work; the answer is 200 with the first half of its JSON. */
    | 'truncated'
    /** The engine does its work; the connection is reset in the middle of the body. */
    | 'cut'
    /** The engine does its work; the connection is reset before any answer. */
    | 'lost';
  ms?: number;
  status?: number;
  /** SQLSTATE of a `status` answer of Neon, which is 400 then. */
  sqlState?: string;
  /** How many requests it strikes; all until `clear()` where absent. */
  times?: number;
  /** Strikes only requests whose text (see RecordedRequest) contains this. */
  match?: string;
}

/** Where matching requests wait until they are released. */
export interface Gate {
  /** Before the engine hears of the request, or before the engine's answer goes back. */
  at: 'request' | 'answer';
  match?: string;
  /** How many requests it holds; the others pass. All where absent. */
  times?: number;
}

/** One request as it passed. */
export interface RecordedRequest {
  method: string;
  path: string;
  /** What `match` looks at. Upstash: the commands, words parted by spaces, one a line; Neon: SQL, then parameters as JSON. */
  text: string;
  /** The commands of an Upstash request, in order; their names in capitals. */
  commands: string[][];
  /** The SQL statements of a Neon request, in order. */
  queries: Statement[];
  /** The status that went back; absent while under way and when the connection was reset. */
  status?: number;
  /** Whether it is over, one way or another. */
  done: boolean;
}

/** A statement as Neon gets it. */
export interface Statement {
  query: string;
  params: unknown[];
}

/** The controls of one wire. */
export interface WireControls {
  /** How many requests came since `reset()`; only those containing `match`, if given. */
  count(match?: string): number;
  /** The requests since `reset()`, in order of arrival. */
  requests(match?: string): RecordedRequest[];
  /** All Redis commands since `reset()`, such as `['GET', 'profile:ada']`. */
  commands(): string[][];
  /** All SQL statements since `reset()`. */
  queries(): string[];
  /** Resolves once `count` requests containing `match` are over (for work after a response); fails after 30 s. */
  settled(count: number, match?: string): Promise<void>;
  /** Forgets the requests; faults and gates stay. */
  reset(): void;
  /** Adds a fault; the first that applies strikes. */
  fault(fault: Fault): void;
  /** Adds a gate and answers its number. */
  gate(gate: Gate): number;
  /** Resolves once the gate has held `count` requests (1 unless told); fails after 30 s. */
  held(gate: number, count?: number): Promise<void>;
  /** Opens the gate for good. */
  release(gate: number): void;
  /** Takes away every fault and gate; what is held goes on, what hangs is reset. */
  clear(): void;
}

/** The names of the wires. */
export type WireName = 'neon' | 'upstash';
