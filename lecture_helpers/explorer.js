const NAMES = {input: 0, kernel: 1, output: 2};
const point = (root, cells, sentence) => {
  const svg = root.querySelector('svg'), slider = root.querySelector('input');
  const make = name => svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', name));
  const marks = make('g');
  let here = -1, pinned = false;
  const alive = ({since, until}) => since <= +slider.value && (until === null || +slider.value < until);
  const linked = ({role, index, column}, link) =>
    role === 'matrix' ? link[2] === index && link[0] === column : link[NAMES[role]] === index;
  const shows = ({role, index, column}, links) =>
    links.some(link => role === 'matrix' ? link[2] === index && link[0] === column : link[NAMES[role]] === index);
  const light = (k, pin = false) => {
    here = k;
    pinned = pin;
    marks.replaceChildren();
    const spot = cells.spots[k];
    sentence.textContent = spot ? spot.sentence : '';
    if (!spot) return;
    const links = cells.links.filter(link => linked(spot, link));
    for (const other of cells.spots) {
      if (!alive(other) || (other !== spot && !shows(other, links))) continue;
      const rect = marks.appendChild(document.createElementNS(svg.namespaceURI, 'rect'));
      for (const name of ['x', 'y', 'width', 'height']) rect.setAttribute(name, other[name]);
      rect.setAttribute('class', other === spot ? 'here' : 'linked');
    }
  };
  const under = event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return cells.spots.findIndex(spot => alive(spot) && at.x >= spot.x && at.x < spot.x + spot.width
      && at.y >= spot.y && at.y < spot.y + spot.height);
  };
  const move = (by, sameBand) => {
    const from = cells.spots[here];
    for (let k = here + by; k >= 0 && k < cells.spots.length; k += by) {
      const spot = cells.spots[k];
      if (alive(spot) && (!from || sameBand || spot.band !== from.band)) return light(k);
    }
  };
  svg.onpointermove = event => pinned || light(under(event));
  svg.onpointerleave = () => pinned || light(-1);
  svg.onclick = event => { const k = under(event); light(k, k >= 0); };
  svg.onkeydown = event => {
    const keys = {ArrowLeft: [-1, true], ArrowRight: [1, true], ArrowUp: [-1, false], ArrowDown: [1, false]};
    if (keys[event.key]) move(...keys[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') light(here, !pinned);
    else if (event.key === 'Escape') light(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  svg.onfocus = () => here < 0 && light(cells.spots.findIndex(alive));
  svg.onblur = () => pinned || light(-1);
  svg.tabIndex = 0;
  svg.role = 'application';
  slider.addEventListener('input', () => light(here, pinned));
};
const nameSliders = el => {  // ipywidgets leaves the handles of its sliders without a name
  for (const handle of el.closest('.widget-vbox')?.querySelectorAll('.noUi-handle') ?? [])
    handle.ariaLabel = handle.closest('.widget-slider').querySelector('label').textContent;
};
export default {
  render({model, el}) {
    const host = el.appendChild(document.createElement('div'));
    const root = host.attachShadow({mode: 'open'});
    let tallest = 0;
    const draw = () => {
      const step = root.querySelector('input')?.value ?? 0;
      const picture = new DOMParser().parseFromString(model.get('svg'), 'image/svg+xml').documentElement;
      mount(root, picture, model.get('label'));
      const style = root.appendChild(document.createElement('style'));
      style.textContent = 'rect{fill:none;stroke:#1a1a1a;stroke-width:3}.linked{stroke-dasharray:5 2}p{min-height:3em;margin:0 10px;font:13px sans-serif}';
      const sentence = root.appendChild(document.createElement('p'));
      sentence.ariaLive = 'polite';
      const slider = root.querySelector('input');
      slider.value = Math.min(step, slider.max);
      slider.oninput();
      point(root, model.get('cells'), sentence);
      tallest = Math.max(tallest, host.offsetHeight);
      host.style.minHeight = `${tallest}px`;
    };
    model.on('change:svg', draw);
    draw();
    setTimeout(nameSliders, 500, el);
  },
};
