/** Makes the editor quicker: forms are saved in place, links are dragged, the preview follows what is typed. Without it all of that works by loading pages. */

const PREVIEW_DELAY_MS = 300;
const FLOAT_MS = 4000;

const main = document.querySelector('main');
editor();

/** A page that was fetched; without its style elements, which this page's policy would complain about. */
function parsed(html) {
  return new DOMParser().parseFromString(html.replace(/<style>.*?<\/style>/gs, ''), 'text/html');
}

function editor() {
  const status = document.querySelector('#status');
  const frame = document.querySelector('iframe');
  let isBusy = false;
  /** The form by which the page is left on purpose. */
  let leavingBy;

  const say = (text) => {
    status.textContent = text;
  };
  const isBox = ({ type }) => type === 'checkbox' || type === 'radio';
  const stateOf = (field) => (isBox(field) ? field.checked : field.value);

  /** Whether a field holds something else than the page came with. */
  function isDirty(field) {
    if (isBox(field)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const options = [...field.options];
    return !(options.find((option) => option.defaultSelected) ?? options[0]).selected;
  }

  /** What can be filled in: no buttons, nothing hidden. */
  const fieldsOf = (form) =>
    [...form.elements].filter((field) =>
      field.matches('[name]:is(input, select, textarea):not([type=hidden])'),
    );

  /** What would be lost with a form; all of it where the server has refused it. */
  const dirtyFields = (form) => fieldsOf(form).filter((field) => 'unsaved' in form.dataset || isDirty(field));

  /* Saving in place */

  main.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (submitter?.hasAttribute('formtarget')) return;
    if (submitter?.hasAttribute('data-leaves')) {
      leavingBy = form;
      return;
    }
    event.preventDefault();
    await send(form, submitter);
  });

  /** @returns whether it was saved and the page shows it */
  async function send(form, submitter) {
    // Pressed twice: the second would ask for a change to what is not there any more.
    if (isBusy) return false;
    isBusy = true;
    main.ariaBusy = 'true';
    say('Saving…');
    const sent = new Map(fieldsOf(form).map((field) => [field, stateOf(field)]));
    try {
      const url = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
      const answer = await post(url, new FormData(form, submitter));
      if (!answer) return refuse(form, ['Not saved. The network did not answer.']);
      const { response, page } = answer;
      if (page.documentElement.dataset.page === 'me') {
        show(page, { form, submitter, sent, isSaved: response.ok });
        return response.ok;
      }
      if (response.ok) {
        // The account is gone, and all that could be lost with it.
        removeEventListener('beforeunload', warn);
        location.assign(response.url);
        return false;
      }
      if (response.redirected)
        return refuse(form, ['Saved, but it cannot be shown right now. Load this page again.']);
      const reason = page.querySelector('[role=alert]') ?? page.querySelector('h1');
      return refuse(form, ['Not saved. ', ...(reason?.childNodes ?? ['Try again in a minute.'])]);
    } finally {
      isBusy = false;
      main.ariaBusy = 'false';
    }
  }

  /** @returns the answer with its page, or undefined where none came */
  async function post(url, body) {
    try {
      const response = await fetch(url, { method: 'POST', body, headers: { Accept: 'text/html' } });
      return { response, page: parsed(await response.text()) };
    } catch {
      return undefined;
    }
  }

  /** Nothing has changed on the page: what was typed stays, and can be sent again. @returns false */
  function refuse(form, reason) {
    form.querySelector(':scope > .wrong')?.remove();
    const note = document.createElement('p');
    note.className = 'wrong';
    note.setAttribute('role', 'alert');
    form.prepend(note);
    note.append(...reason);
    note.scrollIntoView({ block: 'nearest' });
    say('');
    return false;
  }

  /** Puts the new state in place of the old one, and keeps what is typed and not sent yet. */
  function show(page, { form: sentForm, submitter, sent, isSaved }) {
    const drafts = [...main.querySelectorAll('form[id]')].map((form) => ({
      id: form.id,
      // Also what was typed into the sent form while the answer was under way.
      fields:
        form === sentForm
          ? fieldsOf(form).filter((field) => stateOf(field) !== sent.get(field))
          : dirtyFields(form),
      // What somebody else saved meanwhile is still to be shown beside what is typed there: by the server, when it is sent.
      version: !isSaved && form !== sentForm && form.elements.version.value,
    }));
    const open = [...main.querySelectorAll('details[open]')].filter(
      (details) => !isSaved || !details.contains(sentForm),
    );
    const active = main.contains(document.activeElement) ? document.activeElement : submitter;
    // For pages that are loaded; here the focus is moved below.
    page.querySelector('[autofocus]')?.removeAttribute('autofocus');
    for (const part of page.querySelectorAll('[data-swap]'))
      main.querySelector(`[data-swap=${part.dataset.swap}]`).replaceWith(part);
    for (const { id } of open) document.getElementById(id)?.setAttribute('open', '');
    for (const draft of drafts) if (draft.fields.length > 0) restore(draft);
    enhance();
    updatePreview();

    if (!isSaved) {
      say('');
      (main.querySelector('[aria-invalid]') ?? main.querySelector('.wrong[role=alert]'))?.focus();
      return;
    }
    // The browser may hold the page as it was for minutes.
    fetch(main.querySelector('[data-own-page]').href, { cache: 'reload' }).catch(() => {});
    const saved = main.querySelector('.saved');
    say(placeOf(active?.id) ?? saved?.textContent ?? '');
    refocus(active);
    // The next address can be pasted at once.
    if (sentForm.id === 'new-link') document.getElementById('new-link-address')?.focus();
    if (saved) float(saved);
    if (document.activeElement === document.body) saved?.closest('section').querySelector('h2').focus();
  }

  /** Lets a note that is out of sight float over the page for a moment. */
  function float(note) {
    const { top, bottom } = note.getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    note.classList.add('floating');
    setTimeout(() => note.classList.remove('floating'), FLOAT_MS);
  }

  function restore({ id, fields, version }) {
    const form = document.getElementById(id);
    if (!form) return;
    if (version) form.elements.version.value = version;
    form.closest('details')?.setAttribute('open', '');
    for (const old of fields) {
      const field = fieldsOf(form).find(
        ({ name, value }) => name === old.name && (!isBox(old) || value === old.value),
      );
      if (!field) continue;
      if (isBox(old)) field.checked = old.checked;
      else if (old.type === 'file') field.files = old.files;
      else field.value = old.value;
    }
  }

  /** Gives the focus to what stands where it was, or to what is nearest. */
  function refocus(old) {
    const place = old && !old.isConnected && document.getElementById(old.closest('[id]')?.id);
    if (!place) return;
    const details = place.closest('details:not([open])') ?? (place.matches('details') && place);
    if (details) details.querySelector('summary').focus();
    else if (place.disabled) place.parentElement.querySelector('button:enabled')?.focus();
    else {
      place.focus();
      if (old.selectionStart != null) place.setSelectionRange?.(old.selectionStart, old.selectionEnd);
    }
  }

  /** After a move: where the link is by now. */
  function placeOf(buttonId) {
    const entry = /^(up|down)-/.test(buttonId ?? '') && document.getElementById(buttonId)?.closest('li');
    if (!entry) return undefined;
    const all = [...entry.parentElement.children];
    return `${entry.dataset.name} is now ${all.indexOf(entry) + 1} of ${all.length}.`;
  }

  function warn(event) {
    const forms = [...main.querySelectorAll('form[id]')].filter((form) => form !== leavingBy);
    if (forms.some((form) => dirtyFields(form).length > 0)) event.preventDefault();
  }
  addEventListener('beforeunload', warn);

  /* The preview */

  let timer;
  main.addEventListener('input', ({ target }) => {
    if (target.form?.id !== 'edit-profile') return;
    clearTimeout(timer);
    timer = setTimeout(updatePreview, PREVIEW_DELAY_MS);
  });

  let asked = 0;
  async function updatePreview() {
    const form = document.getElementById('edit-profile');
    const query = new URLSearchParams(new FormData(form));
    const turn = ++asked;
    const response = await fetch(`/me/preview?${query}`).catch(() => undefined);
    if (!response?.ok || turn !== asked) return;
    const html = await response.text();
    const page = parsed(html);
    const root = frame.contentDocument?.documentElement;
    if (root?.dataset.page !== 'card') return;
    // In place, so that it neither flickers nor scrolls.
    root.style.cssText = /:root\{(--accent:[^}]*)\}/.exec(html)?.[1] ?? '';
    showShades(root.style);
    root.dataset.theme = page.documentElement.dataset.theme;
    root.querySelector('body').replaceWith(page.body);
  }

  /** What becomes of the chosen colour, beside it. */
  function showShades(style) {
    const [button, light, dark] = main.querySelectorAll('[data-samples] svg');
    const shade = (name) => style.getPropertyValue(name);
    button.firstElementChild.setAttribute('fill', shade('--accent'));
    button.lastElementChild.setAttribute('fill', shade('--on-accent'));
    light.lastElementChild.setAttribute('fill', shade('--accent-on-light'));
    dark.lastElementChild.setAttribute('fill', shade('--accent-on-dark'));
  }

  // The code on this device. Some private windows have no worker, or refuse it.
  navigator.serviceWorker
    ?.register('/scanner-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active.postMessage('refresh-codes'))
    .catch(() => {});

  /* Dragging */

  function enhance() {
    // The page that works without a network, where there can be one.
    if (navigator.serviceWorker)
      for (const link of main.querySelectorAll('[data-code]'))
        link.href = link.href.replace('/me/code', '/code');
    // With a script the preview follows by itself.
    for (const button of main.querySelectorAll('[data-preview]')) button.hidden = true;
    for (const grip of main.querySelectorAll('[data-grip]')) {
      grip.hidden = false;
      grip.addEventListener('pointerdown', drag);
    }
  }

  function drag(event) {
    const grip = event.currentTarget;
    const entry = grip.closest('li');
    const list = entry.parentElement;
    const before = [...list.children];
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    entry.classList.add('dragged');
    const middle = (element) => element.getBoundingClientRect().top + element.offsetHeight / 2;
    const isAbove = (other, y) => other && y < middle(other);
    const isBelow = (other, y) => other && y > middle(other);
    const move = ({ clientY }) => {
      // The others move past it: what is moved itself would lose the pointer.
      while (isAbove(entry.previousElementSibling, clientY)) entry.after(entry.previousElementSibling);
      while (isBelow(entry.nextElementSibling, clientY)) entry.before(entry.nextElementSibling);
      entry.scrollIntoView({ block: 'nearest' });
    };
    const end = async ({ type }) => {
      grip.removeEventListener('pointermove', move);
      entry.classList.remove('dragged');
      const isMoved = type === 'pointerup' && before.some((each, i) => each !== list.children[i]);
      const { value: id } = entry.querySelector('[name=order]');
      if (isMoved && (await send(document.getElementById('order')))) say(placeOf(`up-${id}`));
      else list.replaceChildren(...before);
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', end, { once: true });
    grip.addEventListener('pointercancel', end, { once: true });
  }

  enhance();
  main.querySelector('[aria-invalid]')?.focus();
  // It loads late, once it comes into sight.
  frame.addEventListener('load', () => {
    if (dirtyFields(document.getElementById('edit-profile')).length > 0) updatePreview();
  });
}
