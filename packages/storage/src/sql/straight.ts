/**
 * A function without loops for the columns of a table or a statement, generated when it is first called, because a start calls only few of
 * them. Looping over the columns takes twice as long for a user's row and twenty times as long for a session's values, because the objects
 * in such a loop have no common shape (ADR 1).
 */
export function straight<Given, Made>(
  parameter: string,
  body: (call: (known: (value: never) => unknown, argument: string) => string) => string,
): (given: Given) => Made {
  const make = () => {
    const known: unknown[] = [];
    const text = body((called, argument) => `known${known.push(called) - 1}(${argument})`);
    const names = known.map((_, at) => `known${at}`);
    // eslint-disable-next-line no-new-func -- built only from names of members and columns, which are in the source code
    const filled = new Function(...names, `return (${parameter}) => { ${text} };`);
    return filled(...known) as (given: Given) => Made;
  };
  let made: ((given: Given) => Made) | undefined;
  return (given) => (made ??= make())(given);
}
