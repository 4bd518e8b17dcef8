/**
 * A function of straight code for the columns of a table or a statement, made when it is first called: a start calls few. A loop over the
 * columns takes twice as long for a user's row and twenty times as long for a session's values, since nothing in it has one shape (ADR 1).
 */
export function straight<Given, Made>(
  parameter: string,
  body: (call: (known: (value: never) => unknown, argument: string) => string) => string,
): (given: Given) => Made {
  const make = () => {
    const known: unknown[] = [];
    const text = body((called, argument) => `known${known.push(called) - 1}(${argument})`);
    const names = known.map((_, at) => `known${at}`);
    // eslint-disable-next-line no-new-func -- made of the names of members and columns alone, which stand in the sources
    const filled = new Function(...names, `return (${parameter}) => { ${text} };`);
    return filled(...known) as (given: Given) => Made;
  };
  let made: ((given: Given) => Made) | undefined;
  return (given) => (made ??= make())(given);
}
