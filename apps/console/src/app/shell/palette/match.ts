import type { Command } from '../../shared/commands';

/** Commands that fit what was typed, best first: every word must begin a word of the command, or stand in it. */
export function matching(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  return commands
    .map((command) => ({ command, score: scoreOf(command, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ command }) => command);
}

function scoreOf({ title, kind, hint = '' }: Command, words: readonly string[]): number {
  const text = `${title} ${kind} ${hint}`.toLowerCase();
  const starts = text.split(/[^\p{L}\p{N}]+/u);
  let score = 0;
  for (const word of words) {
    if (title.toLowerCase().startsWith(word)) score += 4;
    else if (starts.some((start) => start.startsWith(word))) score += 2;
    else if (text.includes(word)) score += 1;
    else return 0;
  }
  return score;
}
