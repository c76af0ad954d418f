import React, { useEffect, useRef, useState } from 'react';

/** Search over messages and appointments; the part that matched is shown in bold. */
export function SearchBox({ onOpen }) {
  const [term, setTerm] = useState('');
  const [hits, setHits] = useState([]);
  const list = useRef(null);
  const count = useRef(null);

  useEffect(() => {
    if (term.length < 3) return undefined;
    const abort = new AbortController();
    fetch(`/api/messages/search?q=${encodeURIComponent(term)}`, { signal: abort.signal })
      .then((answer) => answer.json())
      .then(setHits)
      .catch(() => {});
    return () => abort.abort();
  }, [term]);

  useEffect(() => {
    count.current.textContent = `${hits.length} found for ${term}`;
    list.current.innerHTML = hits.map((hit) => highlight(hit, term)).join('');
  }, [hits, term]);

  return (
    <div role="search" onClick={(event) => onOpen(event.target.dataset.id)}>
      <input value={term} onChange={(event) => setTerm(event.target.value)} />
      <span ref={count} />
      <ul ref={list} />
    </div>
  );
}

function highlight(hit, term) {
  const at = hit.subject.toLowerCase().indexOf(term.toLowerCase());
  if (at < 0) return `<li data-id="${hit.id}">${hit.subject}</li>`;
  const end = at + term.length;
  return (
    `<li data-id="${hit.id}">${hit.subject.slice(0, at)}<b>${hit.subject.slice(at, end)}</b>` +
    `${hit.subject.slice(end)}</li>`
  );
}
