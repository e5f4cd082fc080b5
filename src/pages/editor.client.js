/** Makes the owner's pages quicker: forms are saved in place, links are dragged, the preview follows what is typed. Without it all of that works by loading pages. */

const PREVIEW_DELAY_MS = 300;

const main = document.querySelector('[data-page=me] main');
if (main) editor();
if (document.querySelector('[data-page=code]')) code();

/** A page that was fetched; without its style elements, which this page's policy would complain about. */
function parsed(html) {
  return new DOMParser().parseFromString(html.replace(/<style>.*?<\/style>/gs, ''), 'text/html');
}

function editor() {
  const status = document.querySelector('#status');
  const frame = document.querySelector('iframe');

  const say = (text) => {
    status.textContent = text;
  };
  const isDirty = (field) =>
    field.type === 'checkbox' || field.type === 'radio'
      ? field.checked !== field.defaultChecked
      : field.options
        ? [...field.options].some((option) => option.selected !== option.defaultSelected) &&
          [...field.options].some(
            (option) => option.defaultSelected || option.selected !== (option.index === 0),
          )
        : field.type !== 'hidden' && field.value !== field.defaultValue;
  const dirtyFields = (form) => [...form.elements].filter((field) => field.name && isDirty(field));

  /* Saving in place */

  main.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (submitter?.hasAttribute('formtarget') || submitter?.hasAttribute('data-leaves')) return;
    event.preventDefault();
    await send(form, submitter);
  });

  /** @returns whether the page shows what the server answered */
  async function send(form, submitter) {
    const body = new FormData(form, submitter);
    const url = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
    say('Saving…');
    main.ariaBusy = 'true';
    try {
      const response = await fetch(url, { method: 'POST', body, headers: { Accept: 'text/html' } });
      const page = parsed(await response.text());
      if (page.documentElement.dataset.page !== 'me') {
        // Gone for good leads to the start page; anything else says why it was not saved.
        const reason = page.querySelector('[role=alert]') ?? page.querySelector('h1');
        if (response.ok) location.assign(response.url);
        else refuse(form, reason?.textContent ?? '');
        return false;
      }
      show(page, form, submitter);
      return true;
    } catch {
      refuse(form, 'The network did not answer.');
      return false;
    } finally {
      main.ariaBusy = 'false';
    }
  }

  /** Nothing has changed on the page: what was typed stays, and can be sent again. */
  function refuse(form, reason) {
    let note = form.querySelector(':scope > .wrong');
    if (!note) {
      note = document.createElement('p');
      note.className = 'wrong';
      form.prepend(note);
    }
    note.setAttribute('role', 'alert');
    note.textContent = `Not saved. ${reason.trim()}`;
    say('');
    if (form.id === 'order') note.scrollIntoView({ block: 'nearest' });
  }

  /** Puts the new state in place of the old one, and keeps what is typed into other forms. */
  function show(page, sent, submitter) {
    const drafts = [...main.querySelectorAll('form')]
      .filter((form) => form !== sent && form.id)
      .map((form) => [
        form.id,
        dirtyFields(form).map(({ name, type, value, checked }) => ({ name, type, value, checked })),
      ])
      .filter(([, fields]) => fields.length > 0);
    const focus = submitter?.id || document.activeElement?.id;
    for (const part of page.querySelectorAll('[data-swap]'))
      main.querySelector(`[data-swap=${part.dataset.swap}]`).replaceWith(part);
    for (const [id, fields] of drafts) restore(document.getElementById(id), fields);
    enhance();
    updatePreview();

    const wrong =
      main.querySelector('[aria-invalid]') ?? main.querySelector('.wrong')?.closest('form, details');
    const saved = main.querySelector('.saved');
    if (wrong) {
      wrong.closest('details')?.setAttribute('open', '');
      (wrong.matches('input, select, textarea')
        ? wrong
        : wrong.querySelector('input:not([type=hidden])')
      )?.focus();
      say('');
      return;
    }
    // The browser may hold the page as it was for minutes.
    fetch(main.querySelector('[data-own-page]').href, { cache: 'reload' }).catch(() => {});
    say(placeOf(focus) ?? saved?.textContent ?? '');
    const again = focus && document.getElementById(focus);
    if (again && !again.disabled) again.focus();
    else
      (
        again?.parentElement.querySelector('button:enabled') ?? saved?.closest('section').querySelector('h2')
      )?.focus();
  }

  function restore(form, fields) {
    if (!form) return;
    form.closest('details')?.setAttribute('open', '');
    for (const { name, type, value, checked } of fields) {
      if (type === 'checkbox' || type === 'radio') {
        const box = [...form.elements].find((one) => one.name === name && one.value === value);
        if (box) box.checked = checked;
      } else if (form.elements[name]) form.elements[name].value = value;
    }
  }

  /** After a move: where the link is by now. */
  function placeOf(buttonId) {
    const entry = /^(up|down)-/.test(buttonId ?? '') && document.getElementById(buttonId)?.closest('li');
    if (!entry) return undefined;
    const all = [...entry.parentElement.children];
    return `${entry.dataset.name} is now ${all.indexOf(entry) + 1} of ${all.length}.`;
  }

  addEventListener('beforeunload', (event) => {
    if ([...main.querySelectorAll('form')].some((form) => form.id && dirtyFields(form).length > 0))
      event.preventDefault();
  });
  // Leaving by a form of its own is meant.
  main.addEventListener('click', ({ target }) => {
    if (target.closest('[data-leaves]'))
      for (const form of main.querySelectorAll('form[id]:not(#pass)')) form.reset();
  });

  /* Counting characters, and the preview */

  let timer;
  main.addEventListener('input', ({ target }) => {
    const max = Number(target.dataset.max);
    if (max) count(target, max);
    if (target.form?.id === 'edit-profile') {
      clearTimeout(timer);
      timer = setTimeout(updatePreview, PREVIEW_DELAY_MS);
    }
  });

  /** Says how many characters are left once they become few. */
  function count(field, max) {
    const left = max - [...field.value].length;
    const about = document.getElementById(`${field.id}-about`);
    let note = about.querySelector('.left');
    if (!note) {
      note = document.createElement('span');
      note.className = 'left';
      about.append(note);
    }
    note.textContent = left < 0 ? ` ${-left} too many.` : left <= max / 5 ? ` ${left} left.` : '';
  }

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
    root.dataset.theme = page.documentElement.dataset.theme;
    root.querySelector('body').replaceWith(page.body);
  }

  /* Dragging */

  function enhance() {
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
    const move = ({ clientY }) => {
      const { previousElementSibling: above, nextElementSibling: below } = entry;
      const middle = (element) => element.getBoundingClientRect().top + element.offsetHeight / 2;
      // The others move past it: what is moved itself would lose the pointer.
      if (above && clientY < middle(above)) entry.after(above);
      else if (below && clientY > middle(below)) entry.before(below);
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
}

/** Keeps the screen awake while a code is shown, and shows it on the whole screen if asked. */
function code() {
  const stayAwake = () => navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') stayAwake();
  });
  stayAwake();
  for (const time of document.querySelectorAll('time'))
    time.textContent = new Date(time.dateTime).toLocaleString([], {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
  const button = document.querySelector('[data-fullscreen]');
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
}
