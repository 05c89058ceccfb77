/** Text is parsed in pieces of about this many bytes. */
const PIECE = 1 << 16;
/** Members of containers down to here are put together one by one; what lies below is short enough for one string. */
const DEPTH = 2;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Puts one JSON document together from its bytes, which may come in any portions; a portion may be overwritten after it was taken. */
export interface JsonPieces {
  /**
   * Takes the next portion; throws a SyntaxError where the bytes are no JSON.
   * @returns how many bytes wait for the rest of their piece
   */
  feed(bytes: Uint8Array): number;
  /** The document. */
  end(): unknown;
}

type Container = unknown[] | Record<string, unknown>;

/**
 * JSON.parse for texts longer than the 2^29 characters a string may have: members of the outermost containers are cut apart
 * at their commas and parsed piece by piece. A single member of such length is still too long.
 */
export function jsonPieces(): JsonPieces {
  const stack: Container[] = [];
  let result: Container | null = null;
  let waiting: Uint8Array = new Uint8Array(0);
  /** Where in `waiting` the member after the last comma begins. */
  let member = 0;
  /** Brackets open inside the member. */
  let inner = 0;
  let quoted = false;
  let escaped = false;
  /** What stands before the waiting text. */
  let before: 'bracket' | 'comma' | 'container' = 'bracket';

  return {
    feed(bytes) {
      const text = joined(waiting, bytes);
      let begin = 0;
      for (let at = waiting.length; at < text.length; at++) {
        const byte = text[at]!;
        if (quoted) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) quoted = false;
          continue;
        }
        if (byte === QUOTE) quoted = true;
        else if (byte === OPEN_LIST || byte === OPEN_RECORD) {
          if (inner > 0 || stack.length === DEPTH || result !== null) {
            inner++;
            continue;
          }
          if (member > begin) comma(text.subarray(begin, member - 1));
          open(byte === OPEN_LIST ? [] : {}, text.subarray(member, at));
          begin = member = at + 1;
        } else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) {
          if (inner > 0) {
            inner--;
            continue;
          }
          if (stack.length === 0) continue;
          close(text.subarray(begin, at), byte);
          begin = member = at + 1;
        } else if (byte === COMMA && inner === 0 && stack.length > 0) {
          member = at + 1;
          if (before !== 'container' && member - begin < PIECE) continue;
          comma(text.subarray(begin, at));
          begin = member;
        }
      }
      // A copy: the portion may be filled anew.
      waiting = new Uint8Array(text.subarray(begin));
      member -= begin;
      return waiting.length;
    },
    end() {
      const rest = decode(waiting);
      if (stack.length > 0) throw new SyntaxError('Unexpected end of JSON input');
      if (result === null) return JSON.parse(rest) as unknown;
      if (rest.trim() !== '') throw unexpected(rest);
      return result;
    },
  };

  /** Whole members, and a comma behind them. */
  function comma(bytes: Uint8Array): void {
    const text = decode(bytes);
    if (before === 'container') {
      if (text.trim() !== '') throw unexpected(text);
    } else add(stack.at(-1)!, text);
    before = 'comma';
  }

  function open(container: Container, bytes: Uint8Array): void {
    const text = decode(bytes).trim();
    const parent = stack.at(-1);
    if (before === 'container') throw unexpected('a value where a comma was expected');
    if (parent === undefined) {
      if (text !== '') throw unexpected(text);
      result = null;
    } else if (Array.isArray(parent)) {
      if (text !== '') throw unexpected(text);
      parent.push(container);
    } else {
      const key = text.endsWith(':') ? (JSON.parse(text.slice(0, -1)) as unknown) : null;
      if (typeof key !== 'string') throw unexpected(text);
      put(parent, key, container);
    }
    stack.push(container);
    before = 'bracket';
  }

  function close(bytes: Uint8Array, bracket: number): void {
    const text = decode(bytes);
    const container = stack.pop()!;
    if (Array.isArray(container) !== (bracket === CLOSE_LIST)) throw unexpected(String.fromCharCode(bracket));
    if (text.trim() !== '' && before === 'container') throw unexpected(text);
    if (text.trim() !== '') add(container, text);
    else if (before === 'comma') throw unexpected(String.fromCharCode(bracket));
    before = 'container';
    if (stack.length === 0) result = container;
  }
}

function add(container: Container, members: string): void {
  if (members.trim() === '') throw unexpected(',');
  if (Array.isArray(container)) {
    for (const item of JSON.parse(`[${members}]`) as unknown[]) container.push(item);
    return;
  }
  const record = JSON.parse(`{${members}}`) as Record<string, unknown>;
  for (const key of Object.keys(record)) put(container, key, record[key]);
}

/** Assigning `__proto__` would set the prototype instead of a member. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, {value, enumerable: true, configurable: true, writable: true});
  else record[key] = value;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function unexpected(text: string): SyntaxError {
  return new SyntaxError(`Unexpected ${JSON.stringify(text.trim().slice(0, 40))} in JSON`);
}
