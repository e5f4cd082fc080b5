// Lets readers of /docs try what can be read. Without it the page is all there, and the examples are links.
const HEADERS = [
  'Content-Type',
  'Cache-Control',
  'ETag',
  'X-Cache',
  'Cache-Status',
  'Server-Timing',
  'Retry-After',
];

const tokenForm = document.querySelector('#who');
tokenForm.hidden = false;
tokenForm.addEventListener('submit', (event) => event.preventDefault());

/** The address that a form's fields make; empty fields of the query are left out. */
function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function element(name, text, className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

async function bodyOf(response, address) {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('image/')) {
    const picture = element('img', '');
    picture.src = URL.createObjectURL(await response.blob());
    picture.onload = () => URL.revokeObjectURL(picture.src);
    picture.alt = `The picture of ${address}`;
    return picture;
  }
  const text = await response.text();
  const block = element('pre', /json\b/.test(type) ? JSON.stringify(JSON.parse(text), null, 2) : text);
  // Long answers are scrolled, by keyboard too.
  block.tabIndex = 0;
  return block;
}

for (const form of document.querySelectorAll('form[data-path]')) {
  form.hidden = false;
  const output = form.nextElementSibling;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const address = addressOf(form);
    const token = tokenForm.elements.token.value.trim();
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    try {
      const response = await fetch(address, { headers });
      const shown = HEADERS.filter((name) => response.headers.has(name));
      const lines = shown.map((name) => `${name}: ${response.headers.get(name)}`);
      output.replaceChildren(
        element('p', `${response.status} ${address}`, response.ok ? 'good' : 'bad'),
        element('pre', lines.join('\n')),
        await bodyOf(response, address),
      );
    } catch {
      output.replaceChildren(element('p', `No answer came from ${address}.`, 'bad'));
    }
  });
}

/** Opens the operation that the address names. */
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches('details')) target.open = true;
}
addEventListener('hashchange', openTarget);
openTarget();
