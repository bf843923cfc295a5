// Adds pointing to the player: what a cell is linked with lights up, in all views.
const touches = ({of: [what, one, other]}, [input, kernel, output]) =>
  what === 'link' ? output === one && input === other : ({input, kernel, output})[what] === one;
const alike = (one, other) => one && other && one.band === other.band && `${one.of}` === `${other.of}`;
const placed = ({spots, of, said}) => spots.map(([x, y, width, height, k, band, since = 0, until = null]) => (
  {x, y, width, height, of: of[k], sentence: said[k], band, since, until}));
const pointing = (root, sentence) => {
  let svg, marks, links, spots = [], here = -1, pinned = false, time = 0;
  const alive = ({since, until}) => since <= time && (until === null || time < until);
  const rect = (spot, look) => {
    const drawn = marks.appendChild(document.createElementNS(svg.namespaceURI, 'rect'));
    for (const name of ['x', 'y', 'width', 'height']) drawn.setAttribute(name, spot[name]);
    drawn.setAttribute('class', look);
  };
  const light = (k, pin = false) => {
    here = k;
    pinned = pin && k >= 0;
    marks.replaceChildren();
    const spot = spots[k];
    sentence.textContent = spot ? spot.sentence : '';
    if (!spot) return;
    const meant = links.filter(link => touches(spot, link));
    for (const other of spots)
      if (alive(other) && (other === spot || meant.some(link => touches(other, link))))
        rect(other, other === spot ? 'here' : 'linked');
  };
  const find = spot => spots.findIndex(other => alike(other, spot) && alive(other));
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
  const keys = event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = {ArrowLeft: [-1, true], ArrowRight: [1, true], ArrowUp: [-1, false], ArrowDown: [1, false]};
    if (moves[event.key]) move(...moves[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') light(here, !pinned);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener('keydown', event => event.key === 'Escape' && light(-1));
  root.host.addEventListener('settled', ({detail}) => {  // a step may end a spot's life, and begin that of its likeness elsewhere
    time = detail;
    if (!svg?.isConnected) return;  // another picture is being loaded
    const k = find(spots[here]);
    light(k < 0 ? here : k, pinned);
  });
  return cells => {  // of the picture that is there now
    const kept = pinned ? spots[here] : null;
    ({links} = cells);
    spots = placed(cells);
    svg = root.querySelector('svg');
    marks = svg.appendChild(document.createElementNS(svg.namespaceURI, 'g'));
    light(find(kept), true);
    if (!spots.length) return;
    svg.onpointermove = event => pinned || light(under(event));
    svg.onpointerleave = () => pinned || light(-1);
    svg.onclick = event => {
      const k = under(event);
      light(k, !(pinned && k === here));
    };
    svg.onkeydown = keys;
    svg.onfocus = () => here < 0 && light(spots.findIndex(alive));
    svg.onblur = () => pinned || light(-1);
    svg.tabIndex = 0;
    svg.role = 'application';
  };
};
// Python sends pictures and cells packed: they are repetitive, so that a tenth of the bytes is left.
const unpacked = async packed => {
  const {readable, writable} = new DecompressionStream('deflate'), writer = writable.getWriter();
  writer.write(packed);
  writer.close();
  return JSON.parse(await new Response(readable).text());
};
const STYLE = `.here,.linked{fill:none;stroke:var(--ink,#222);stroke-width:3}.linked{stroke-dasharray:5 2}
  .says{height:2.3em;margin:0 12px}div{margin:2px 12px}button{min-width:3em}[type]{flex-basis:3em;min-width:3em}#box{width:3em;min-width:0}`;
const furnished = el => {  // a player, with a line for what is said of a cell
  const host = el.appendChild(document.createElement('div')), root = host.attachShadow({mode: 'open'});
  host.style.width = '100%';  // so that the buttons stand on one line under a narrow picture too
  const load = mount(root), sentence = document.createElement('p'), wide = [...root.querySelectorAll('button')].at(-1);
  root.appendChild(document.createElement('style')).textContent = STYLE;
  root.append(sentence);
  sentence.className = 'says';
  sentence.ariaLive = 'polite';
  [wide.textContent, wide.title, wide.ariaLabel] = ['full', 'full screen', 'full screen'];
  keepHeight(host, root.querySelector('p'), sentence);
  return {host, load, point: pointing(root, sentence), slider: root.querySelector('input')};
};
// While a slider moves, the page below must not jump: the picture keeps the height of the tallest one, for a while at least.
const keepHeight = (host, first, last) => {
  let rest, width, tallest = 0;
  new ResizeObserver(() => {
    const height = last.getBoundingClientRect().bottom - host.getBoundingClientRect().top;
    const keep = tall => { host.style.minHeight = `${tallest = tall}px`; };
    if (width !== (width = host.offsetWidth) || height > tallest) keep(height);
    clearTimeout(rest);
    if (tallest > height + 250) rest = setTimeout(keep, 3000, height);
  }).observe(first);
};
export default {
  render({model, el}) {
    const {host, load, point, slider} = furnished(el);
    let time, latest = 0;
    host.addEventListener('settled', ({detail}) => { time = detail; });
    const draw = async () => {
      const mine = ++latest, [svg, cells] = await Promise.all([unpacked(model.get('svg')), unpacked(model.get('cells'))]);
      if (mine !== latest) return;
      load(svg, time === undefined || slider.value === slider.max ? 1e9 : time);  // it opens finished
      point(cells);
    };
    model.on('change:svg', draw);
    model.on('change:old', () => el.classList.toggle('lecture-old', model.get('old')));
    draw();
    const unseen = lookAfter(el), stop = watch(model, el);
    return async () => {
      unseen();
      (await stop)();
    };
  },
};
