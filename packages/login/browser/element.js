/** Makes an element; children are elements or texts, absent ones are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') made.addEventListener('click', value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A text with its places filled: where it says `{to}`, what `parts` has for `to`. */
export function fill(text, parts) {
  return text.replace(/\{(\w+)\}/g, (place, name) => parts[name] ?? place);
}
