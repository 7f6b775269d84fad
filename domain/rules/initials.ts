/** Given and family initial, as a wall display may show them; `?` for a person without a name. */
export const initialsOf = (name: { readonly family: string; readonly given: string } | null): string => {
  const first = (text: string): string => ([...text.trim()][0] ?? '').toLocaleUpperCase('en');
  // A capital may be longer than its letter (ß → SS); the record holds four characters.
  return (name === null ? '' : first(name.given) + first(name.family)).slice(0, 4).toWellFormed() || '?';
};
