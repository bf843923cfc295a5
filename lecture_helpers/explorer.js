// Adds pointing to the player: what a cell is linked with lights up, in all views.
const touches = ({of: [what, one, other]}, [input, kernel, output]) =>
  what === 'link' ? output === one && input === other : ({input, kernel, output})[what] === one;
const alike = (one, other) => one && other && one.band === other.band && `${one.of}` === `${other.of}`;
const unpack = ({spots, of, said}) => spots.map(([x, y, width, height, k, band, since = 0, until = null]) => (
  {x, y, width, height, of: of[k], sentence: said[k], band, since, until}));
const point = (root, cells, sentence, kept) => {
  const {links} = cells, spots = unpack(cells);
  if (!spots.length) return () => null;
  const svg = root.querySelector('svg');
  const marks = svg.appendChild(document.createElementNS(svg.namespaceURI, 'g'));
  let here = -1, pinned = false, time = +svg.style.getPropertyValue('--t');
  const alive = ({since, until}) => since <= time && (until === null || time < until);
  const light = (k, pin = false) => {
    here = k;
    pinned = pin && k >= 0;
    marks.replaceChildren();
    const spot = spots[k];
    sentence.textContent = spot ? spot.sentence : '';
    if (!spot) return;
    const meant = links.filter(link => touches(spot, link));
    for (const other of spots) {
      if (!alive(other) || (other !== spot && !meant.some(link => touches(other, link)))) continue;
      const rect = marks.appendChild(document.createElementNS(svg.namespaceURI, 'rect'));
      for (const name of ['x', 'y', 'width', 'height']) rect.setAttribute(name, other[name]);
      rect.setAttribute('class', other === spot ? 'here' : 'linked');
    }
  };
  const under = event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return spots.findIndex(spot => alive(spot) && at.x >= spot.x && at.x < spot.x + spot.width
      && at.y >= spot.y && at.y < spot.y + spot.height);
  };
  const move = (by, anyBand) => {
    const from = spots[here];
    for (let k = here + by; k >= 0 && k < spots.length; k += by)
      if (alive(spots[k]) && (!from || anyBand || spots[k].band !== from.band)) return light(k);
  };
  svg.onpointermove = event => pinned || light(under(event));
  svg.onpointerleave = () => pinned || light(-1);
  svg.onclick = event => {
    const k = under(event);
    light(k, !(pinned && k === here));
  };
  svg.onkeydown = event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const keys = {ArrowLeft: [-1, true], ArrowRight: [1, true], ArrowUp: [-1, false], ArrowDown: [1, false]};
    if (keys[event.key]) move(...keys[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') light(here, !pinned);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener('keydown', event => event.key === 'Escape' && light(-1));
  svg.onfocus = () => here < 0 && light(spots.findIndex(alive));
  svg.onblur = () => pinned || light(-1);
  svg.tabIndex = 0;
  svg.role = 'application';
  root.host.addEventListener('settled', ({detail}) => {  // a step may end a spot's life, and begin that of its likeness elsewhere
    time = detail;
    const k = spots.findIndex(spot => alike(spot, spots[here]) && alive(spot));
    light(k < 0 ? here : k, pinned);
  });
  light(spots.findIndex(spot => alike(spot, kept) && alive(spot)), true);
  return () => pinned ? spots[here] : null;
};
const STYLE = `.here,.linked{fill:none;stroke:var(--ink,#222);stroke-width:3}.linked{stroke-dasharray:5 2}
  .says{height:2.3em;margin:0 12px}div{margin:2px 12px}button{min-width:3em}[type]{flex-basis:5em}#box{width:3em;min-width:0}`;
export default {
  render({model, el}) {
    let host, rest, tallest = 0, pin = () => null;
    const draw = () => {
      const before = host?.offsetHeight ?? 0;
      const old = host?.shadowRoot.querySelector('input'), wasLast = !old || old.value === old.max;
      const fresh = document.createElement('div');
      fresh.style.width = '100%';  // so that the buttons stand on one line under a narrow picture too
      const root = fresh.attachShadow({mode: 'open'});
      const picture = new DOMParser().parseFromString(model.get('svg'), 'image/svg+xml').documentElement;
      mount(root, picture, wasLast ? 1e9 : 0);  // it opens finished
      root.appendChild(document.createElement('style')).textContent = STYLE;
      const sentence = root.appendChild(document.createElement('p'));
      sentence.className = 'says';
      sentence.ariaLive = 'polite';
      const slider = root.querySelector('input'), wide = [...root.querySelectorAll('button')].at(-1);
      [wide.textContent, wide.title, wide.ariaLabel] = ['full', 'full screen', 'full screen'];
      if (!wasLast) {
        slider.value = Math.min(old.value, slider.max);
        slider.oninput();
      }
      host ? host.replaceWith(fresh) : el.append(fresh);
      host = fresh;
      pin = point(root, model.get('cells'), sentence, pin());
      const height = host.offsetHeight;
      tallest = Math.max(tallest, before, height);  // while a slider moves, the page below must not jump
      host.style.minHeight = `${tallest}px`;
      clearTimeout(rest);
      if (tallest > height + 250) rest = setTimeout(() => { host.style.minHeight = `${tallest = height}px`; }, 3000);
    };
    model.on('change:svg', draw);
    draw();
    lookAfter(el);
    const stop = watch(model, el);
    return async () => (await stop)();
  },
};
