// What pages do beyond HTML and htmx: keyboard, focus, and saying so when the program has stopped.
// Nothing here is needed to use the program, and nothing is kept in browser storage.
"use strict";

(() => {
	const find = (selector, root = document) => root.querySelector(selector);

	// Focus: a page or fragment that came back with faults puts the reader at their summary, or at what asked for it.
	const focusFirst = (root) => {
		const place = find("[data-focus]", root);
		if (place) place.focus();
	};
	document.addEventListener("DOMContentLoaded", () => focusFirst(document));
	// A swap takes away what had the focus. It goes to what then stands in the same place, so that Tab goes on from there.
	let around = [];
	// Where a row of a list stood, or a button that moves one: a swap leaves it there, so that the pointer is still on it.
	let stood = null;
	const standing = (place) => ({ row: place.closest("[data-sortable]"), moves: place.closest("[data-sortable] [data-key]") });
	document.addEventListener("htmx:before:swap", () => {
		const { row, moves } = standing(document.activeElement || document.body);
		stood = row && { id: row.id, key: moves && moves.dataset.key, top: (moves || row).getBoundingClientRect().top };
		around = [];
		for (let place = document.activeElement; place && !place.matches("main, body"); place = place.parentElement) {
			if (place.id) around.push(place.id);
		}
	});
	const focusAgain = () => {
		const controls = ":is(a[href], button:enabled, summary)";
		for (const id of around) {
			const place = find(`#${CSS.escape(id)}${controls}, #${CSS.escape(id)} ${controls}`);
			if (place) return place.focus();
		}
	};
	const standAgain = () => {
		const row = stood && document.getElementById(stood.id);
		if (!row) return;
		const place = (stood.key && find(`[data-key=${stood.key}]`, row)) || row;
		const away = () => place.getBoundingClientRect().top - stood.top;
		scrollBy({ top: away(), behavior: "instant" });
		// At the ends of the page there is nothing left to scroll: the list makes room, until the next swap.
		const list = row.parentElement;
		if (stood.key && away() < -1) list.style.paddingTop = `${-away()}px`;
		if (stood.key && away() > 1) {
			list.style.paddingBottom = `${away()}px`;
			scrollBy({ top: away(), behavior: "instant" });
		}
	};
	document.addEventListener("htmx:after:swap", (event) => {
		const target = event.detail.ctx && event.detail.ctx.target;
		standAgain();
		focusFirst(target && target.isConnected ? target.parentNode || document : document);
		if (document.activeElement === document.body) focusAgain();
	});

	// The program may have been stopped while the page stayed open. What was typed stays in the page.
	const stopped = find("#stopped");
	const say = (isStopped) => {
		if (stopped) stopped.hidden = !isStopped;
	};
	const probe = async () => {
		if (document.hidden) return;
		try {
			say(!(await fetch("/health", { cache: "no-store" })).ok);
		} catch {
			say(true);
		}
	};
	if (stopped && !stopped.hasAttribute("data-final")) {
		setInterval(probe, 20000);
		document.addEventListener("visibilitychange", probe);
		document.addEventListener("htmx:error", probe);
		document.addEventListener("submit", (event) => {
			if (stopped.hidden || event.target.matches("[hx-post]")) return;
			event.preventDefault();
			probe();
			stopped.focus();
		});
	}

	// What others have recorded comes in while a page is open. The page says so and offers to show it; it never changes by itself, since a
	// form in it may be being filled in. The line about the file in the footer follows.
	const follow = async () => {
		const came = document.body.dataset.came;
		if (document.hidden || came === undefined) return;
		try {
			const response = await fetch(`/live?came=${came}`, { cache: "no-store", redirect: "error" });
			if (!response.ok) return;
			const now = await response.json();
			const saved = find("#saved");
			if (saved && saved.outerHTML !== now.saved.trim()) saved.outerHTML = now.saved;
			const news = find("#news");
			if (news && news.dataset.shown !== now.news) {
				news.dataset.shown = now.news;
				news.innerHTML = now.news;
			}
		} catch {
			// The probe says it when the program has stopped.
		}
	};
	setInterval(follow, 3000);
	document.addEventListener("visibilitychange", follow);

	// Back shows a page as it is now, even where the browser has kept it whole.
	addEventListener("pageshow", (event) => {
		if (event.persisted) location.reload();
	});

	// A change in a form that filters by query string shows its result at once; without this there is its button.
	document.addEventListener("change", (event) => {
		const form = event.target.form;
		if (form && form.matches("[data-auto]")) form.requestSubmit();
	});

	// A currency brings its time zone along, until somebody has typed one.
	document.addEventListener("input", (event) => {
		if (event.target.name === "time_zone") event.target.dataset.typed = "";
	});
	document.addEventListener("change", (event) => {
		const zone = event.target.name === "currency" && event.target.form && event.target.form.elements.time_zone;
		const option = zone && zone.list && find(`option[data-currency="${CSS.escape(event.target.value)}"]`, zone.list);
		if (option && !("typed" in zone.dataset)) zone.value = option.value;
	});

	// What was just saved goes by itself, not while somebody is at it, and at once by Esc. It stands in the first corner where it lies over
	// nothing that can be pressed.
	let leaving = 0;
	const toast = () => find("#toast:not(:empty)");
	const place = () => {
		const box = toast();
		if (!box) return;
		const controls = [...document.querySelectorAll(":is(main, footer, header) :is(a[href], button, input, select, textarea, summary, label)")];
		const covers = () => {
			const own = box.getBoundingClientRect();
			return controls.some((control) => {
				const at = control.getBoundingClientRect();
				return at.width && at.left < own.right && at.right > own.left && at.top < own.bottom && at.bottom > own.top;
			});
		};
		box.dataset.at = ["bottom", "left", "top"].find((corner) => ((box.dataset.at = corner), !covers())) || "bottom";
	};
	const dismiss = () => {
		const box = toast();
		if (box && box.matches(":hover, :focus-within")) leaving = setTimeout(dismiss, 3000);
		else if (box) box.replaceChildren();
	};
	const arrive = () => {
		clearTimeout(leaving);
		place();
		if (toast()) leaving = setTimeout(dismiss, 12000);
	};
	document.addEventListener("DOMContentLoaded", arrive);
	document.addEventListener("htmx:after:swap", arrive);
	addEventListener("scrollend", place);
	addEventListener("resize", place);
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && toast()) toast().replaceChildren();
	});

	// Milestones to tick: with one come those before it, because a buyer who has got there has mostly passed them. Taking one away takes no
	// other. What says so is shown only where it is so.
	const showHints = (root) => root.querySelectorAll("[data-script]").forEach((hint) => (hint.hidden = false));
	document.addEventListener("DOMContentLoaded", () => showHints(document));
	document.addEventListener("htmx:after:swap", () => showHints(document));
	document.addEventListener("change", (event) => {
		const boxes = event.target.closest("[data-through]");
		if (!boxes || !event.target.checked || "optional" in event.target.dataset) return;
		for (const box of boxes.querySelectorAll("input[type=checkbox]")) {
			if (box === event.target) break;
			if (!("optional" in box.dataset)) box.checked = true;
		}
	});

	// Keyboard. <body data-keys="off"> when the person has switched it off.
	const go = { h: "/", a: "/deals", p: "/process", f: "/forecast", t: "/outcome" };
	const press = (selector) => {
		const control = find(selector);
		if (control) control.click();
		return Boolean(control);
	};
	const rows = () => [...document.querySelectorAll("[data-row]")];
	const move = (step) => {
		const all = rows();
		if (!all.length) return false;
		const here = all.findIndex((row) => row.contains(document.activeElement));
		const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
		const link = next.matches("a") ? next : find("a", next);
		if (link) link.focus();
		return true;
	};
	const keys = {
		"/": () => {
			const search = find("#search");
			if (!search || !search.checkVisibility()) location.assign("/deals");
			else search.focus();
			return true;
		},
		n: () => (location.assign("/deals/new"), true),
		j: () => move(1),
		k: () => move(-1),
		m: () => press("[data-key=m]"),
		u: () => press("[data-key=u]"),
		"?": () => (location.assign("/help/keys"), true),
	};
	let leader = 0;
	document.addEventListener("keydown", (event) => {
		if (document.body.dataset.keys === "off" || event.defaultPrevented) return;
		if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
			const item = event.target.closest("[data-sortable]");
			const button = item && find(event.key === "ArrowUp" ? "[data-key=up]" : "[data-key=down]", item);
			if (button && !button.disabled) {
				event.preventDefault();
				button.click();
			}
			return;
		}
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.target.closest("input, select, textarea, [contenteditable]")) {
			if (event.key === "Escape") event.target.blur();
			return;
		}
		const now = Date.now();
		if (now - leader < 1500 && go[event.key]) {
			leader = 0;
			event.preventDefault();
			location.assign(go[event.key]);
		} else if (event.key === "g") {
			leader = now;
		} else if (keys[event.key] && keys[event.key]()) {
			event.preventDefault();
		}
	});

	// What the search field offers: the arrows go through it, Esc closes it, and it goes when the focus does.
	const offered = () => [...document.querySelectorAll("#suggestions a")];
	const closeOffer = () => find("#suggestions") && find("#suggestions").replaceChildren();
	document.addEventListener("keydown", (event) => {
		const form = event.target.closest("[role=search]");
		if (!form || !find("#suggestions", form) || !offered().length) return;
		const field = find("#search", form);
		const places = [field, ...offered()];
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) {
			event.preventDefault();
			places[(places.indexOf(event.target) + step + places.length) % places.length].focus();
		} else if (event.key === "Escape") {
			event.preventDefault();
			closeOffer();
			field.focus();
		}
	});
	document.addEventListener("focusout", (event) => {
		const form = event.target.closest("[role=search]");
		if (form && event.relatedTarget && !form.contains(event.relatedTarget)) closeOffer();
	});
	document.addEventListener("pointerdown", (event) => {
		if (!event.target.closest("[role=search]")) closeOffer();
	});

	// A mail that is dropped on a page about a deal goes into its form.
	const dropped = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files") && find("[data-drop]");
	document.addEventListener("dragover", (event) => {
		if (dropped(event)) event.preventDefault();
	});
	document.addEventListener("drop", (event) => {
		const form = dropped(event);
		if (!form || !event.dataTransfer.files.length) return;
		event.preventDefault();
		find("input[type=file]", form).files = event.dataTransfer.files;
		form.submit();
	});
	// What is marked in a mail goes into the field for the excerpt, after what is there.
	document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-excerpt][hidden]").forEach((button) => (button.hidden = false)));
	document.addEventListener("click", (event) => {
		const button = event.target.closest("[data-excerpt]");
		if (!button) return;
		const from = document.getElementById(button.dataset.excerpt);
		const into = document.getElementById(button.dataset.into);
		const marked = from.value.slice(from.selectionStart, from.selectionEnd).trim();
		if (marked) into.value = `${into.value}\n${marked}`.trim();
		into.focus();
	});

	// Copy a text. The button is there only where this runs; the text can always be marked by hand.
	const offerCopies = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false));
	document.addEventListener("DOMContentLoaded", offerCopies);
	document.addEventListener("htmx:after:swap", offerCopies);
	document.addEventListener("click", async (event) => {
		const button = event.target.closest("[data-copy]");
		if (!button) return;
		const text = document.getElementById(button.dataset.copy);
		text.select();
		try {
			await navigator.clipboard.writeText(text.value);
		} catch {
			if (!document.execCommand("copy")) return;
		}
		button.textContent = button.dataset.said;
		button.focus();
	});

	// Print, where a page offers it as a word.
	document.addEventListener("click", (event) => {
		if (event.target.closest("[data-print]")) {
			event.preventDefault();
			print();
		}
	});
})();
