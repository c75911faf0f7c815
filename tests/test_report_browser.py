"""The report in a real browser: console, keys, themes, a phone, print, contrast, and a hostile draft.

Skipped where Chromium and its driver are not installed (Debian: ``apt install chromium chromium-driver``).
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("selenium")

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from evidencelint.configuration.settings import Overrides
from evidencelint.project import Project
from evidencelint.session import Session
from evidencelint.site import Surveyed, build, write_site

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="Chromium and its driver are not installed")

ATTACK = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>"
FACTS = f"""\
title: "Helmets {ATTACK}"
sources: [{{key: lee2021}}]
vocabulary:
  arm: {{helmets: [bicycle helmets, helmets], pads: [knee pads]}}
  measure: {{injury: [head injury, head injuries], trips: [trips]}}
facts:
  - id: injuries
    quote: "Bicycle helmets lowered the risk of head injury by 48%. {ATTACK}"
    at: "{ATTACK}"
  - {{id: trips, quote: Bicycle helmets may raise the number of trips by about 12%.}}
  - {{id: unused, quote: "{ATTACK} A helmet costs 30 euros."}}
"""
PAGE = f"""\
# Bicycle helmets

Bicycle helmets lowered the risk of head injury by 84%. {ATTACK}

With bicycle helmets, the risk of head injury fell by **48%**.

Bicycle helmets raise the number of trips by exactly 12%. Of 40 riders, 10 (50%) had a head injury.

Helmets also lower the risk of head injury in 93% of cars.

Everyone should wear one[^gone].

| Arm | Risk of head injury | Note |
|-----|--------------------:|------|
| helmets | 47% lower | plain |

<div onclick="window.pwned = 1"><script>window.pwned = 1</script></div>

[click](javascript:window.pwned=1) ![x](data:text/html,<script>window.pwned=1</script>) <javascript:window.pwned=1>

{"Riders in the city went to work and came home. " * 120}

Near the end, bicycle helmets lowered the risk of head injury by 21%.
"""

CONTRAST = """
const parse = (text) => {
  const parts = text.match(/[\\d.]+/g).map(Number);
  return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
};
const light = (rgb) => {
  const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (one, two) => {
  const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = parse(getComputedStyle(each).backgroundColor);
    if (colour.alpha === 1) return colour.rgb;
    if (colour.alpha > 0) return null;
  }
  return [255, 255, 255];
};
const found = [];
let measured = 0;
for (const element of document.querySelectorAll("body *")) {
  const style = getComputedStyle(element);
  if (element.matches("script, style") || !element.getClientRects().length) continue;
  const name = `${element.tagName}.${element.getAttribute("class")} “${element.textContent.slice(0, 30)}”`;
  const behind = ground(element);
  if (behind === null) { found.push(`${name}: half transparent`); continue; }
  if ([...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = ratio(parse(style.color).rgb, behind);
    measured += 1;
    if (contrast < (large ? 3 : 4.5)) found.push(`${name}: ${contrast.toFixed(2)}`);
  }
  if (element.matches("a.c")) {
    const line = ratio(parse(style.textDecorationColor).rgb, behind);
    if (line < 3) found.push(`${name}: its line ${line.toFixed(2)}`);
  }
  if (element.matches("rect")) {
    const bar = ratio(parse(style.fill).rgb, ground(element.parentElement));
    if (bar < 3) found.push(`${name}: its bar ${bar.toFixed(2)}`);
  }
}
return [measured, found];
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    project = Project.open(Overrides(facts=(folder / "facts.yaml",)))
    session = Session(lambda: project)
    path = f"docs/{ATTACK}.md"
    documents = [Surveyed(name, session.check(PAGE, name)) for name in (path, "docs/plain.md")]
    write_site(build(documents), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def chrome() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


Opener = Callable[..., webdriver.Chrome]


@pytest.fixture
def visit(chrome: webdriver.Chrome, site: Path) -> Iterator[Opener]:
    """Open a page of the site; afterwards the console must be empty and nothing of the draft may have run."""

    def visit(
        name: str,
        *,
        width: int = 1280,
        height: int = 900,
        theme: str = "light",
        media: str = "screen",
        scripts: bool = True,
    ) -> webdriver.Chrome:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": theme}]
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        chrome.get("about:blank")
        chrome.get((site / name).as_uri())
        return chrome

    yield visit
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert chrome.execute_script("return window.pwned") is None
    assert chrome.execute_script("return performance.getEntriesByType('resource').length") == 0, "nothing is fetched"
    assert console(chrome) == []


def console(chrome: webdriver.Chrome) -> list[dict[str, str]]:
    log: list[dict[str, str]] = chrome.get_log("browser")  # type: ignore[no-untyped-call]
    return log


def names(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir())


def shown(chrome: webdriver.Chrome) -> list[str]:
    return [each.text for each in chrome.find_elements(By.CSS_SELECTOR, ".card") if each.is_displayed()]


def test_a_hostile_draft_does_nothing_on_any_page(site: Path, visit: Opener) -> None:
    assert len(names(site)) == 4
    for name in names(site):
        chrome = visit(name)
        assert len(chrome.find_elements(By.CSS_SELECTOR, "script")) == 1
        assert chrome.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed, form") == []
        assert chrome.execute_script("return window.pwned") is None
    policy = chrome.find_element(By.CSS_SELECTOR, "meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_even_a_script_that_got_in_would_not_run(chrome: webdriver.Chrome, site: Path, tmp_path: Path) -> None:
    text = (site / "docs-plain.html").read_text(encoding="utf-8")
    (tmp_path / "broken.html").write_text(text.replace("</main>", f"{ATTACK}</main>"), encoding="utf-8")
    chrome.get((tmp_path / "broken.html").as_uri())
    assert len(chrome.find_elements(By.CSS_SELECTOR, "main script, main img")) == 2
    assert chrome.execute_script("return window.pwned") is None
    refused = " ".join(entry["message"] for entry in console(chrome))
    assert "Content Security Policy" in refused


def test_a_click_shows_frame_fact_and_quote(visit: Opener) -> None:
    chrome = visit("docs-plain.html")
    assert shown(chrome) == []
    before = chrome.execute_script("return scrollY")
    chrome.find_element(By.CSS_SELECTOR, "a.c.mismatched").click()
    (card,) = shown(chrome)
    assert card.startswith("mismatched")
    assert "says 84%, fact `injuries` has 48%" in card
    assert "“Bicycle helmets lowered the risk of head injury by 48%." in card
    assert "measure: text injury, fact injury" in card
    assert chrome.execute_script("return scrollY") == before, "the text stays where it is"
    chrome.find_element(By.CSS_SELECTOR, ".card.on summary").click()
    assert "figure\n84% (" in shown(chrome)[0]
    chrome.find_element(By.CSS_SELECTOR, ".card.on .close").click()
    assert shown(chrome) == []
    chrome.find_element(By.CSS_SELECTOR, "a.c.supported").click()
    assert shown(chrome)[0].startswith("supported")


def test_all_of_it_works_by_keyboard(visit: Opener) -> None:
    chrome = visit("docs-plain.html")
    chrome.find_element(By.CSS_SELECTOR, "a.c.supported").send_keys(Keys.ENTER)
    (card,) = shown(chrome)
    assert card.startswith("supported")
    focused = chrome.switch_to.active_element
    assert "card" in str(focused.get_attribute("class")), "a reader of the screen goes on in the card"
    focused.send_keys(Keys.ESCAPE)
    assert shown(chrome) == []
    assert "supported" in str(chrome.switch_to.active_element.get_attribute("class")), "and comes back to the claim"
    body = chrome.find_element(By.TAG_NAME, "body")
    numbers: list[str] = []
    for _ in range(3):
        body.send_keys("n")
        numbers.append(chrome.execute_script("return location.hash"))
    assert len(set(numbers)) == 3
    body.send_keys("p")
    assert chrome.execute_script("return location.hash") == numbers[1]
    current = chrome.find_elements(By.CSS_SELECTOR, "a.c[aria-current]")
    assert {f"#c{each.get_attribute('data-n')}" for each in current} == {numbers[1]}
    faults = chrome.find_elements(By.CSS_SELECTOR, "a.c[id]:not(.supported):not(.open)")
    for _ in faults:
        body.send_keys("n")
        place = chrome.find_element(By.CSS_SELECTOR, "a.c[aria-current]").rect
        top = chrome.execute_script("return scrollY")
        assert top <= place["y"] <= top + 900, "the chosen claim is in sight"


def test_it_works_without_its_script(visit: Opener) -> None:
    chrome = visit("docs-plain.html", scripts=False)
    chrome.find_element(By.CSS_SELECTOR, "a.c.mismatched").click()
    (card,) = shown(chrome)
    assert "says 84%" in card


def test_links_from_the_facts_open_the_claim(visit: Opener) -> None:
    chrome = visit("facts.html")
    link = chrome.find_element(By.CSS_SELECTOR, "a[href^='docs-plain.html#c']")
    chrome.get(str(link.get_attribute("href")))
    assert len(shown(chrome)) == 1
    chrome.find_element(By.CSS_SELECTOR, ".card.on figcaption a").click()
    assert chrome.execute_script("return location.pathname.split('/').pop()") == "facts.html"
    assert chrome.find_elements(By.CSS_SELECTOR, "tr:target")


def test_verdicts_can_be_hidden(visit: Opener) -> None:
    chrome = visit("docs-plain.html")
    mark = chrome.find_element(By.CSS_SELECTOR, "a.c.supported")
    clear = "rgba(0, 0, 0, 0)"
    assert mark.value_of_css_property("background-color") != clear
    box = chrome.find_element(By.CSS_SELECTOR, "input[data-shade=supported]")
    box.click()
    assert mark.value_of_css_property("background-color") == clear
    box.click()
    assert mark.value_of_css_property("background-color") != clear


@pytest.mark.parametrize("width", [320, 390])
def test_it_is_readable_on_a_phone(site: Path, visit: Opener, width: int) -> None:
    for name in names(site):
        chrome = visit(name, width=width, height=700)
        assert chrome.execute_script("return document.documentElement.scrollWidth") <= width, name
    chrome = visit("docs-plain.html", width=width, height=700)
    assert float(chrome.find_element(By.CSS_SELECTOR, ".draft p").value_of_css_property("font-size")[:-2]) >= 16
    chrome.find_element(By.CSS_SELECTOR, "a.c.mismatched").click()
    sheet = chrome.execute_script("return document.querySelector('aside').getBoundingClientRect().toJSON()")
    assert (sheet["left"], sheet["right"], sheet["bottom"]) == (0, width, 700)
    assert sheet["top"] >= 300, "the text is still to be seen"
    chrome.execute_script("scrollTo(0, document.body.scrollHeight)")
    last = chrome.execute_script("return document.querySelector('footer').getBoundingClientRect().bottom")
    assert last <= sheet["top"] + 1, "the end of the page can be scrolled out from under the sheet"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_enough_for_wcag_aa(site: Path, visit: Opener, theme: str) -> None:
    """Every piece of text at 4.5 (3 where it is large), every line and bar at 3, all cards opened."""
    for name in names(site):
        chrome = visit(name, theme=theme)
        chrome.execute_script(
            "const sheet = document.styleSheets[0];"
            "sheet.insertRule('.card, .js .card:target { display: block !important; }', sheet.cssRules.length);"
            "document.querySelectorAll('details').forEach((each) => each.open = true);"
        )
        dark = chrome.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(23, 23, 27)"
        assert dark == (theme == "dark")
        measured, wrong = chrome.execute_script(CONTRAST)
        assert measured > 15
        assert wrong == [], name


def test_print_shows_every_card(visit: Opener) -> None:
    chrome = visit("docs-plain.html", media="print", theme="dark")
    marks = chrome.find_elements(By.CSS_SELECTOR, "a.c[id]")
    assert len(shown(chrome)) == len(chrome.find_elements(By.CSS_SELECTOR, ".card")) >= len(marks)
    assert all(cell.is_displayed() for cell in chrome.find_elements(By.CSS_SELECTOR, ".draft th, .draft td"))
    assert chrome.execute_script("return getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    number = chrome.execute_script("return getComputedStyle(arguments[0], '::after').content", marks[0])
    assert "attr(data-n)" in number or marks[0].get_attribute("data-n") in number, "the text refers to the cards"
    pdf = base64.b64decode(chrome.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")
