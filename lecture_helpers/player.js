// Makes a player in a shadow root; gives what loads an SVG into it, the first one or another, at some time.
const mount = root => {
  const host = root.host, body = document.body, find = name => root.querySelector(name);
  root.innerHTML = `<style>:host{display:block;width:fit-content;max-width:100%;background:var(--card,#fff);color:var(--ink,#1a1a1a);font:14px sans-serif}:host([dark]){color-scheme:dark}p{margin:0;overflow:auto}svg{display:block;max-width:100%;height:auto}:host(:fullscreen) svg{width:100%;max-height:86vh}div{display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:4px 12px;width:0;min-width:calc(100% - 24px)}button,select,input{font:inherit;min-height:32px;min-width:4.5em}[type]{flex:1 1 9em}[aria-invalid=true]{outline:solid}output{position:absolute;clip-path:inset(50%)}@media print{div{display:none}}</style><p></p><div>${['first', 'back', 'play', 'next', 'last'].map(name => `<button>${name}</button>`).join('')}<input type=range aria-label=step><span></span><label>answer <input id=box size=5></label><label>ask <select><option>some<option>all<option>none</select></label><button>full screen</button></div><slot></slot><output></output>`;
  const slider = find('input'), box = find('#box'), mode = find('select'), heard = find('output');
  const buttons = [...root.querySelectorAll('button')];
  let svg, beats, ask, asked, told, stops, now, at, frame, timer, step, asking;
  host.role = 'group';
  host.dataset.lmSuppressShortcuts = true;
  const show = time => svg.style.setProperty('--t', now = time);
  const settle = () => {
    frame = cancelAnimationFrame(frame);
    show(stops[at]);
    if (step !== (step = now / beats | 0)) box.value = box.ariaInvalid = '';
    box.readOnly = beats < 2 || now % 2;
    slider.value = at;
    find('span').textContent = `${step + 1} of ${told.length}`;
    slider.ariaValueText = heard.textContent = (box.readOnly ? told : asked)[step].textContent;
    host.dispatchEvent(new CustomEvent('settled', {detail: now}));
    timer = timer && at < slider.max && setTimeout(go, 1800, 1, true);
    buttons[2].textContent = timer ? 'pause' : 'play';
  };
  const go = (by, playing) => {
    if (!playing) timer = clearTimeout(timer);
    if (frame && (settle(), by * by < 2)) return;
    const from = now, start = performance.now();
    slider.value = at + by;
    at = +slider.value;
    const move = time => {
      const part = (time - start) / 380 / Math.abs(stops[at] - from);
      if (!(part < 1)) return settle();
      show(from + (stops[at] - from) * Math.max(0, part));
      frame = requestAnimationFrame(move);
    };
    by * by > 1 || matchMedia('(prefers-reduced-motion)').matches ? settle() : move(start);
  };
  const follow = () => {
    const wanted = body.dataset.ask ?? 'some';
    host.toggleAttribute('dark', body.dataset.jpThemeLight === 'false');
    if (asking === wanted) return;
    asking = mode.value = wanted;
    const asks = k => !k || asking === 'all' || asking === 'some' && ` ${ask} `.includes(` ${k} `);
    stops = told.flatMap((_, k) => beats > 1 ? asks(k) ? [2 * k, 2 * k + 1] : 2 * k + 1 : k);
    slider.max = stops.length - 1;
    at = stops.findLastIndex(time => time <= now);
    settle();
  };
  const numbers = text => text?.replace(/−/g, '-').match(/[-.\d]+/g)?.map(Number).join();
  const acts = [() => go(-at), () => go(-1), () => {
    if (timer) return go(0);
    if (at == slider.max) go(-at);
    timer = 1;
    settle();
  }, () => go(1), () => go(1e9), () => host.requestFullscreen()];
  buttons.forEach((button, k) => button.onclick = acts[k]);
  buttons[5].hidden = !document.fullscreenEnabled;
  slider.oninput = () => go(slider.value - at);
  box.onchange = () => {
    const wrong = box.ariaInvalid = numbers(box.value) !== numbers(told[step].dataset.a ?? told[step].lastElementChild?.textContent);
    if (wrong) heard.textContent = 'Not yet';
    else go(1);
  };
  mode.onchange = () => body.dataset.ask = mode.value;
  root.addEventListener('keydown', event => {
    event.stopPropagation();
    const key = ['Home', 'ArrowLeft', ' ', 'ArrowRight', 'End'].indexOf(event.key), {target} = event;
    if (key < 0 || [box, mode].includes(target) || key === 2 && buttons.includes(target)) return;
    event.preventDefault();
    acts[key]();
  });
  new MutationObserver(follow).observe(body, {attributes: true});
  return (text, time = 0) => {
    timer = clearTimeout(timer);
    find('p').innerHTML = text;
    svg = find('svg');
    ({beats = 2, ask} = svg.dataset);
    for (const part of svg.children) part.ariaHidden = true;
    svg.style.cssText = `animation:none;min-width:${.82 * svg.getAttribute('width')}px`;
    host.ariaLabel = svg.querySelector('.h')?.textContent;
    const said = [...svg.querySelectorAll('.c>g')].map(each => [...each.children]);
    asked = beats > 1 && said.shift();
    told = said.flat();
    box.parentNode.hidden = mode.parentNode.hidden = beats < 2;
    now = time;
    step = asking = null;
    follow();
  };
};
for (const host of document.querySelectorAll('[data-lecture-player]')) {
  if (host.shadowRoot) continue;
  const image = host.querySelector('img');
  image.remove();
  mount(host.attachShadow({mode: 'open'}))(decodeURIComponent(image.src.replace(/[^,]*,/, '')));
}
