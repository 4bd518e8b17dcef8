/** One or two letters that stand for a person: of two names one each, else the first two. */
export function initials(name: string): string {
  const [first = '', second] = name.split(/[\s._@-]+/u).filter(Boolean);
  return second === undefined ? letters(first, 2) : letters(first, 1) + letters(second, 1);
}

function letters(text: string, count: number): string {
  return [...text].slice(0, count).join('');
}
