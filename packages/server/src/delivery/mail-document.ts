/** A mail's HTML as it is sent and shown: the pool's template unchanged, wrapped in a plain document unless it already is one. */
export function mailDocument(body: string): string {
  if (/<(?:!doctype|html)[\s>]/i.test(body)) return body;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
</head>
<body style="margin:24px;font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
${body}
</body>
</html>
`;
}
