import {type Token, tokenize} from './tokens.ts';

/** A condition as a tree. What the model does not decide stays in it and is answered "maybe". */
export type Expression =
  | {kind: 'and' | 'or'; items: Expression[]}
  | {kind: 'not'; of: Expression}
  | {kind: 'compare'; sign: string; left: Expression; right: Expression}
  | {kind: 'path'; path: string}
  | {kind: 'literal'; value: string | number | boolean | null}
  | {kind: 'list'; items: Expression[]}
  /** `on.name(args)`, or `name(args)` where `on` is null. */
  | {kind: 'call'; on: Expression | null; name: string; args: Expression[]}
  /** Read, but outside of what is decided: arithmetic, ternaries, maps. */
  | {kind: 'other'};

/** Deeper nesting is not read: nobody writes it, and the stack is finite. */
const DEEPEST = 60;

/** Reads the boolean part of the Common Expression Language that IAM and attribute conditions use; null = not readable. */
export function parseCondition(text: string): Expression | null {
  const tokens = tokenize(text);
  if (tokens === null || tokens.length === 0) return null;
  const reader = new Reader(tokens);
  const tree = reader.ternary(0);
  return tree !== null && reader.done() ? tree : null;
}

class Reader {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  #sign(...signs: string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.#at += 1;
    return token.text;
  }

  #word(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'name' || token.text !== word) return false;
    this.#at += 1;
    return true;
  }

  ternary(depth: number): Expression | null {
    if (depth > DEEPEST) return null;
    const test = this.#chain('or', '||', depth, () =>
      this.#chain('and', '&&', depth, () => this.#compare(depth)),
    );
    if (test === null || this.#sign('?') === null) return test;
    const yes = this.ternary(depth + 1);
    if (yes === null || this.#sign(':') === null) return null;
    return this.ternary(depth + 1) === null ? null : {kind: 'other'};
  }

  #chain(kind: 'and' | 'or', sign: string, depth: number, next: () => Expression | null): Expression | null {
    if (depth > DEEPEST) return null;
    const items: Expression[] = [];
    do {
      const item = next();
      if (item === null) return null;
      items.push(item);
    } while (this.#sign(sign) !== null);
    return items.length === 1 ? items[0]! : {kind, items};
  }

  #compare(depth: number): Expression | null {
    const left = this.#sum(depth);
    if (left === null) return null;
    const sign = this.#sign('==', '!=', '<=', '>=', '<', '>') ?? (this.#word('in') ? 'in' : null);
    if (sign === null) return left;
    const right = this.#sum(depth);
    return right === null ? null : {kind: 'compare', sign, left, right};
  }

  #sum(depth: number): Expression | null {
    const first = this.#unary(depth);
    if (first === null) return null;
    let more = false;
    while (this.#sign('+', '-', '*', '/', '%') !== null) {
      more = true;
      if (this.#unary(depth) === null) return null;
    }
    return more ? {kind: 'other'} : first;
  }

  #unary(depth: number): Expression | null {
    if (depth > DEEPEST) return null;
    if (this.#sign('!') !== null) {
      const of = this.#unary(depth + 1);
      return of === null ? null : {kind: 'not', of};
    }
    if (this.#sign('-') !== null) return this.#unary(depth + 1) === null ? null : {kind: 'other'};
    let tree = this.#primary(depth);
    while (tree !== null) {
      if (this.#sign('.') !== null) tree = this.#member(tree, depth);
      else if (this.#sign('[') !== null) tree = this.#index(tree, depth);
      else return tree;
    }
    return null;
  }

  #member(on: Expression, depth: number): Expression | null {
    const name = this.#tokens[this.#at];
    if (name?.kind !== 'name') return null;
    this.#at += 1;
    if (this.#sign('(') !== null) {
      const args = this.#items(')', depth);
      return args === null ? null : {kind: 'call', on, name: name.text, args};
    }
    return on.kind === 'path' ? {kind: 'path', path: `${on.path}.${name.text}`} : {kind: 'other'};
  }

  /** `attribute['x']` is another way to write `attribute.x`. */
  #index(on: Expression, depth: number): Expression | null {
    const items = this.#items(']', depth);
    if (items === null || items.length !== 1) return null;
    const key = items[0]!;
    return on.kind === 'path' && key.kind === 'literal' && typeof key.value === 'string'
      ? {kind: 'path', path: `${on.path}.${key.value}`}
      : {kind: 'other'};
  }

  #primary(depth: number): Expression | null {
    const token = this.#tokens[this.#at];
    if (token === undefined) return null;
    if (this.#sign('(') !== null) {
      const inner = this.ternary(depth + 1);
      return inner !== null && this.#sign(')') !== null ? inner : null;
    }
    if (this.#sign('[') !== null) {
      const items = this.#items(']', depth);
      return items === null ? null : {kind: 'list', items};
    }
    if (token.kind === 'sign') return null;
    this.#at += 1;
    if (token.kind === 'string') return {kind: 'literal', value: token.text};
    if (token.kind === 'number') return {kind: 'literal', value: Number(token.text)};
    const constant = CONSTANTS.get(token.text);
    if (constant !== undefined) return {kind: 'literal', value: constant};
    if (this.#sign('(') === null) return {kind: 'path', path: token.text};
    const args = this.#items(')', depth);
    return args === null ? null : {kind: 'call', on: null, name: token.text, args};
  }

  #items(close: string, depth: number): Expression[] | null {
    const items: Expression[] = [];
    if (this.#sign(close) !== null) return items;
    for (;;) {
      const item = this.ternary(depth + 1);
      if (item === null) return null;
      items.push(item);
      if (this.#sign(close) !== null) return items;
      if (this.#sign(',') === null) return null;
    }
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
