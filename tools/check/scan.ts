/**
 * What a source file imports and says, without a parser: comments go, every string literal becomes `"n"`, an index into
 * `literals`. What is left can be searched with plain patterns, because no text can look like code any more.
 */
export type Skeleton = { readonly code: string; readonly literals: readonly string[] };

export type Import = {
  /** Null where the specifier is not a literal, so that nobody can check it. */
  readonly specifier: string | null;
  readonly typeOnly: boolean;
  readonly line: number;
};

const beforeRegex = /(?:^|[(,=:[!&|?{;+\-*%~^>\n]|\b(?:return|typeof|case|in|of|void|delete|throw|await|yield))\s*$/;

/** Reads a TypeScript or JSX source. A quote that does not end on its line ends there, so that JSX text cannot swallow the file. */
export const skeletonOf = (source: string): Skeleton => {
  const literals: string[] = [];
  let code = '';
  let at = 0;
  const literal = (text: string): void => {
    code += `"${literals.push(text) - 1}"`;
  };
  /** Reads up to and including the closing brace of `${` or the end; returns nothing, code and `at` move. */
  const read = (untilBrace: boolean): void => {
    let depth = 0;
    while (at < source.length) {
      const character = source[at] as string;
      const pair = source.slice(at, at + 2);
      if (pair === '//') {
        while (at < source.length && source[at] !== '\n') at += 1;
      } else if (pair === '/*') {
        const end = source.indexOf('*/', at + 2);
        const comment = source.slice(at, end < 0 ? source.length : end + 2);
        code += comment.replace(/[^\n]+/g, ' ');
        at += comment.length;
      } else if (character === "'" || character === '"') {
        let text = '';
        at += 1;
        while (at < source.length && source[at] !== character && source[at] !== '\n') {
          if (source[at] === '\\') at += 1;
          text += source[at] ?? '';
          at += 1;
        }
        if (source[at] === character) at += 1;
        literal(text);
      } else if (character === '`') {
        at += 1;
        let text = '';
        let whole = true;
        while (at < source.length && source[at] !== '`') {
          if (source.slice(at, at + 2) === '${') {
            whole = false;
            at += 2;
            code += '(';
            read(true);
            code += ')';
          } else {
            if (source[at] === '\n') code += '\n';
            if (source[at] === '\\') at += 1;
            text += source[at] ?? '';
            at += 1;
          }
        }
        at += 1;
        if (whole) literal(text);
        else code += ' `` ';
      } else if (character === '/' && beforeRegex.test(code.slice(-20))) {
        let inClass = false;
        const start = at;
        at += 1;
        while (at < source.length && source[at] !== '\n' && (inClass || source[at] !== '/')) {
          if (source[at] === '\\') at += 1;
          else if (source[at] === '[') inClass = true;
          else if (source[at] === ']') inClass = false;
          at += 1;
        }
        // No end on this line: it was a division or a JSX end after all.
        if (source[at] === '/') {
          at += 1;
          code += ' 0 ';
        } else {
          at = start + 1;
          code += '/';
        }
      } else {
        if (character === '{') depth += 1;
        if (character === '}' && untilBrace && depth === 0) {
          at += 1;
          return;
        }
        if (character === '}') depth -= 1;
        code += character;
        at += 1;
      }
    }
  };
  read(false);
  return { code, literals };
};

const lineOf = (code: string, index: number): number => code.slice(0, index).split('\n').length;

/** Every import, type import, re-export, dynamic import, `import('…')` type and require of a skeleton. */
export const importsOf = ({ code, literals }: Skeleton): readonly Import[] => {
  const found: Import[] = [];
  const add = (index: number, number: string | undefined, typeOnly: boolean): void => {
    found.push({
      specifier: number === undefined ? null : (literals[Number(number)] ?? null),
      typeOnly,
      line: lineOf(code, index),
    });
  };
  for (const match of code.matchAll(/\b(?:import|export)\s+(type\b)?(?:[\w$*{},\s]*?)\bfrom\s*"(\d+)"/g))
    add(match.index, match[2], match[1] !== undefined);
  for (const match of code.matchAll(/\bimport\s*"(\d+)"/g)) add(match.index, match[1], false);
  for (const match of code.matchAll(/\bimport\s*\(\s*(?:"(\d+)"\s*[,)])?/g)) add(match.index, match[1], false);
  for (const match of code.matchAll(/(?<![.\w$])require(?:\.resolve)?\s*\(\s*"(\d+)"/g)) add(match.index, match[1], false);
  return found;
};
