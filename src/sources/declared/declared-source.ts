import type {Source} from '../../model/estate.ts';
import type {InputFile} from '../../model/decoded.ts';

/**
 * Source record of an authored file. Its scope is the file itself: a changed version of the same file replaces what
 * the earlier one said.
 */
export function declaredSource(format: string, file: InputFile): Source {
  return {
    id: `${format}:${stem(file.display)}`,
    format,
    cloud: 'declared',
    file: file.display,
    sha256: file.sha256,
    scopes: [file.display],
  };
}

function stem(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/\.[^.]*$/, '') || name;
}
