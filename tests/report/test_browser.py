"""The page in a real browser; without Chromium, its driver and selenium these tests say so and are left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium: pip install -e '.[browser]'")
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs a Chromium and chromedriver")

CODE = """\
import numpy as np

p = np.exp(z) / np.exp(z).sum()
y = np.log(1 + x)
s = '</script><img src=x onerror="document.title = `hacked`">' + np.log(1 + np.exp(d["<b>"]))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.py").write_text(CODE)
    (tmp_path / "in" / "b.py").write_text("import numpy as np\n\nv = np.log(1 + w)\n")
    out = tmp_path / "report.html"
    words = ("check", str(tmp_path), "--output-format", "html", "--output-file", str(out), "--no-cache")
    command = [str(Path(sys.executable).with_name("stabaudit")), *words]
    assert subprocess.run(command, capture_output=True, text=True).returncode == 1
    browser.get(out.as_uri())
    yield browser
    # Neither an error of the script nor anything that the policy had to forbid.
    assert browser.get_log("browser") == []
    assert browser.title == "stabaudit"


def places(page: Any) -> list[str]:
    """The findings that are shown, in their order."""
    items = page.find_elements(By.CSS_SELECTOR, "li")
    return [item.find_element(By.CLASS_NAME, "place").text.rpartition("/")[2] for item in items if item.is_displayed()]


def shows(page: Any, wanted: list[str]) -> bool:
    """Whether these findings are shown in this order before long: an event may come after the click that makes it."""
    return bool(WebDriverWait(page, 10).until(lambda _: places(page) == wanted))


def test_findings_are_sorted_and_filtered(page: Any):
    assert shows(page, ["a.py:3:5", "a.py:5:66", "a.py:4:5", "b.py:3:5"])
    Select(page.find_element(By.NAME, "sort")).select_by_visible_text("place")
    assert shows(page, ["a.py:3:5", "a.py:4:5", "a.py:5:66", "b.py:3:5"])
    Select(page.find_element(By.NAME, "rule")).select_by_visible_text("log1p")
    assert shows(page, ["a.py:4:5", "b.py:3:5"])
    assert page.find_element(By.TAG_NAME, "output").text == "2 of 4 shown"
    search = page.find_element(By.NAME, "search")
    search.send_keys("b.py LOG1P")
    assert shows(page, ["b.py:3:5"])
    search.send_keys(Keys.BACKSPACE * len("b.py LOG1P"))
    Select(page.find_element(By.NAME, "rule")).select_by_value("")
    page.find_element(By.NAME, "error").click()
    assert shows(page, ["a.py:4:5", "b.py:3:5"])


def test_all_can_be_done_with_the_keyboard(page: Any):
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    body.send_keys("j")
    page.switch_to.active_element.send_keys("k")
    page.switch_to.active_element.send_keys(Keys.ENTER)
    opened = page.find_elements(By.CSS_SELECTOR, "details[open]")
    assert len(opened) == 1
    assert opened[0].find_element(By.CLASS_NAME, "place").text.endswith("a.py:3:5")
    page.switch_to.active_element.send_keys("/")
    assert page.switch_to.active_element.get_attribute("name") == "search"


def test_a_finding_opens_to_its_code_witness_and_plot(page: Any):
    page.find_element(By.NAME, "open").click()
    assert len(page.find_elements(By.CSS_SELECTOR, "details[open]")) == 4
    marks = [one.text for one in page.find_elements(By.TAG_NAME, "mark")]
    assert 'np.log(1 + np.exp(d["<b>"]))' in marks
    plots = page.find_elements(By.CSS_SELECTOR, "li svg.plot")
    assert len(plots) == 4
    assert all(plot.size["height"] > 100 for plot in plots)
    # A style that does not reach into a plot fills what it should only draw.
    drawn = "return getComputedStyle(document.querySelector('symbol polyline')).fill"
    assert page.execute_script(drawn) == "none"
    page.find_element(By.NAME, "open").click()
    assert page.find_elements(By.CSS_SELECTOR, "details[open]") == []


def test_light_and_dark_and_print_can_be_read(page: Any):
    back = "return getComputedStyle(document.body).backgroundColor"
    seen = set()
    for scheme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        seen.add(page.execute_script(back))
    assert len(seen) == 2
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    assert not page.find_element(By.TAG_NAME, "form").is_displayed()
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert len(page.find_elements(By.CSS_SELECTOR, "details[open]")) == 4
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
