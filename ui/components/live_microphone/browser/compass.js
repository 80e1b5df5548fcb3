// A line per emotion: how probable it is, and the angle to its direction beside the range of its own speech.

const WIDEST = 180; // degrees, at the right end of every line: needles can be compared, and none lies beyond it

class Compass {
  constructor(place) {
    this.place = place;
  }

  set(model) {
    this.model = model;
    this.rows = model.classes.map(one => {
      const row = document.createElement('li');
      row.style.setProperty('--colour', one.colour);
      row.style.setProperty('--range', one.range / WIDEST);
      const name = textual('span', 'name', one.name);
      name.prepend(symbolPicture(one.symbol, one.colour));
      const chance = textual('span', 'chance', '');
      const track = textual('span', 'track', '');
      track.title = `90 % of known ${one.name} speech lies within ${one.range.toFixed(0)}° (the band)`;
      const needle = textual('span', 'needle', '');
      needle.append(symbolPicture(one.symbol, one.colour));
      track.append(textual('span', 'band', ''), needle);
      const angle = textual('span', 'angle', '');
      row.append(name, chance, track, angle);
      return { row, chance, angle };
    });
    this.place.replaceChildren(...this.rows.map(({ row }) => row));
    this.show(null);
  }

  show(moment) {
    if (moment === this.shown) return;
    this.shown = moment;
    this.rows.forEach(({ row, chance, angle }, i) => {
      const known = moment?.angles;
      row.classList.toggle('unknown', !known);
      if (!known) {
        chance.textContent = angle.textContent = '–';
        return;
      }
      row.classList.toggle('inside', moment.angles[i] <= this.model.classes[i].range);
      row.style.setProperty('--share', moment.probabilities[i]);
      row.style.setProperty('--at', moment.angles[i] / WIDEST);
      chance.textContent = `${Math.round(100 * moment.probabilities[i])} %`;
      angle.textContent = `${Math.round(moment.angles[i])}°`;
    });
  }
}

// What is heard, and what the angle to the nearest emotion means.
function verdictOf(moment, model) {
  if (!moment?.angles) return { verdict: '', sentence: '' };
  const { verdict, angles } = moment;
  const nearest = angles.indexOf(Math.min(...angles));
  const chosen = model.classes.findIndex(one => one.name === verdict);
  const about = i => {
    const { name, range } = model.classes[i];
    return `${Math.round(angles[i])}° from ${name}; 90 % of ${name} speech lies within ${Math.round(range)}°.`;
  };
  if (chosen < 0) {
    const outside = 'Outside the range of every emotion that this model knows.';
    return { verdict, sentence: `${about(nearest)} ${outside} ${model.classes[nearest].worth}` };
  }
  const outside = angles[chosen] > model.classes[chosen].range ? ' That is outside its own range: uncertain.' : '';
  return { verdict, sentence: about(chosen) + outside };
}

function textual(kind, name, text) {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}
