import {plainLine} from './plain.ts';
import {screenWidth} from './screen-width.ts';
import {wrap} from './wrap.ts';

/**
 * A line for people, made safe for the terminal. Where it is too long for the screen it is broken at words and goes on below
 * its text, after a list number too; parts set apart by three blanks begin lines of their own.
 */
export function onScreen(line: string, width: number = screenWidth()): string[] {
  const text = plainLine(line);
  if (text.length <= width) return [text];
  const first = /^ *(?:\d+\. )?/.exec(text)![0];
  const next = ' '.repeat(first.length);
  const [head = '', ...parts] = text.slice(first.length).split(/ {3,}/);
  return [
    ...wrap(head, width, first, next),
    ...parts.flatMap((part) => wrap(part, width, `${next}  `, `${next}  `)),
  ];
}
