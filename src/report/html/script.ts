/**
 * The filter of a report, as it runs in the browser: what has not the text that was typed is hidden.
 * Without it everything is shown.
 */
export const SCRIPT = `
const text = document.querySelector('#filter');
if (text) prepare();
function prepare() {
document.documentElement.classList.add('js');
const kind = document.querySelector('#kind');
const count = document.querySelector('#count');
const items = [...document.querySelectorAll('[data-kind]')].map((node) => ({
  node, kind: node.dataset.kind, text: node.textContent.toLowerCase(),
}));
for (const item of items) {
  const subject = item.node.closest('.subject');
  if (subject) item.text += ' ' + subject.querySelector('h3').textContent.toLowerCase();
}
const groups = [...document.querySelectorAll('.subject')];
const filter = () => {
  const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const item of items) {
    const fits = (kind.value === '' || item.kind.split(' ').includes(kind.value))
      && words.every((word) => item.text.includes(word));
    item.node.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const group of groups) group.hidden = !group.querySelector('[data-kind]:not([hidden])');
  count.textContent = words.length === 0 && kind.value === '' ? '' : shown + ' of ' + items.length;
};
let waiting = 0;
text.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
kind.addEventListener('change', filter);
text.form.addEventListener('submit', (event) => event.preventDefault());
if (text.value !== '' || kind.value !== '') filter();
}
`;
