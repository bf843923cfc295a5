// Reads what packing.py packed: gives a function from the number of a text to the text.
const unpack = ({words, numbers, then, next, order}) => {
  const END = 0, read = new Uint32Array(words.length), starts = [];  // how much of each word's lists is read, at every text
  const walk = (read, tell) => {
    let word = END;
    do {
      const at = read[word]++, number = then[word][at];
      word = next[word][at];
      tell?.(numbers[number], words[word]);
    } while (word !== END);
  };
  while (read[END] < next[END].length) {
    starts.push(read.slice());
    walk(read);
  }
  return k => {
    const parts = [];
    walk(starts[order[k]].slice(), (number, word) => parts.push(number, word));
    return parts.join('');
  };
};
