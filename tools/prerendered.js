// Explorers on pages without Python: every setting was drawn beforehand, and the player is told of it as if Python had answered.
const unzipped = async text => {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt());
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
};
const deflated = value => {
  const text = new Blob([JSON.stringify(value)]).stream();
  return new Response(text.pipeThrough(new CompressionStream('deflate'))).arrayBuffer();
};
const asSent = async (traits, names) => {  // as Python sends them
  const sent = name => names.includes(name) ? deflated(traits[name]) : traits[name];
  return Object.fromEntries(await Promise.all(Object.keys(traits).map(async name => [name, await sent(name)])));
};
const modelOf = traits => {  // as much of a widget's model as the explorer's script asks for
  const heard = [];
  return {
    get: name => traits[name],
    on: (event, act) => heard.push([event, act]),
    off() {},
    set(fresh) {
      Object.assign(traits, fresh);
      for (const [event, act] of heard) if (event.replace('change:', '') in fresh) act();
    },
  };
};
const offset = ({type, value, min, step, checked, dataset}) => {
  const offsets = JSON.parse(dataset.offsets);
  return type === 'range' ? offsets[Math.round((value - min) / step)] : checked ? offsets : 0;
};
const begin = async element => {
  const setting = unpack(JSON.parse(await unzipped(element.querySelector('[type="application/gzip"]').textContent)));
  const controls = [...element.querySelectorAll('[data-offsets]')], picture = element.querySelector('.picture');
  const upright = controls.filter(control => control.closest('.taps')), alone = controls.filter(({dataset}) => 'alone' in dataset);
  const told = name => [...element.querySelectorAll(`[data-${name}]`)].map(each => [each, each.dataset[name]]);
  const notes = told('notes'), about = told('about');
  let model, latest = {}, asked = 0;  // the notes of the last picture
  const say = sentences => { for (const [place, name] of notes) place.innerHTML = sentences[name] ?? ''; };
  const draw = async traits => {
    const mine = ++asked, sent = await asSent(traits, picture.dataset.deflated.split(' '));
    if (mine !== asked) return;
    if (model) return model.set(sent);
    picture.replaceChildren();
    model = modelOf({...sent, live: false});
    explorer.render({model, el: picture});
  };
  const answer = ({picture: traits, about: texts, notes: said, taps}) => {
    for (const [place, name] of about) place.innerHTML = texts[name];
    for (const control of upright) {
      control.parentNode.hidden = !(control.dataset.control in taps);
      control.style.setProperty('--tap', taps[control.dataset.control] ?? '');
    }
    say(latest = said);
    draw(traits);
  };
  const show = moved => {
    for (const control of controls) if (control.type === 'range') control.nextElementSibling.textContent = control.value;
    const {refused, ...shown} = JSON.parse(setting(controls.reduce((sum, control) => sum + offset(control), 0)));
    element.classList.toggle('refused', !!refused);
    refused ? say({...latest, [moved]: refused}) : answer(shown);
  };
  element.addEventListener('input', ({target}) => {
    if (!controls.includes(target)) return;  // a step of the player
    if (alone.includes(target)) for (const other of alone) if (other !== target) other.value = other.defaultValue;
    show(target.dataset.control);
  });
  show();
};
const near = new IntersectionObserver(entries => {
  for (const {isIntersecting, target} of entries) if (isIntersecting) {
    near.unobserve(target);
    begin(target);
  }
}, {rootMargin: '1000px'});
for (const element of document.querySelectorAll('[data-prerendered]')) near.observe(element);
