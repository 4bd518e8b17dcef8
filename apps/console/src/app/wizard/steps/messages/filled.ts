/** What a template becomes for an example person, as the service fills it: values are escaped, the template is HTML. */
export function filled(template: string, isInvitation: boolean): string {
  return template.replace(
    /\{####\}|\{##([\s\S]{1,2000}?)##\}|\{username\}/g,
    (whole, link?: string) => {
      if (whole === '{####}') return isInvitation ? 'kelp-Anchor-lantern-27' : '358104';
      if (whole === '{username}') return isInvitation ? 'mara' : whole;
      return `<a href="#">${link ?? ''}</a>`;
    },
  );
}
