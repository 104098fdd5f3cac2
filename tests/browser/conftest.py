"""A whole Taskora, a real Chromium, and people who sit before it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from knative.local import page
from knative.local.secret_manifests import Mail
from tests import chromium
from tests.browser.somebody import Somebody
from tests.chaos.installation import Installation
from tests.openid_provider import Liar
from tests.post_office import PostOffice
from tests.world import ROOT

PATIENCE = 20.0
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture(scope="session")
def provider() -> Iterator[Liar]:
    provider = Liar()
    yield provider
    provider.close()


@pytest.fixture(scope="session")
def taskora(tmp_path_factory: pytest.TempPathFactory, office: PostOffice, provider: Liar) -> Iterator[Installation]:
    page.build(ROOT / "frontend")
    mail = Mail(office.url, "Taskora <taskora@taskora.test>")
    with ExitStack() as running:
        with pytest.MonkeyPatch.context() as environment:  # and not for what other tests start
            for name, value in {"ISSUER": provider.url, "CLIENT_ID": "taskora", "NAME": "Example"}.items():
                environment.setenv(f"OIDC_{name}", value)
            installation = running.enter_context(Installation.running(tmp_path_factory.mktemp("taskora"), mail))
        yield installation


# Not for the whole session: while Playwright is there its event loop is, too, and no other test can run one.
@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    path = chromium.find(whole=getattr(request.module, "WHOLE_CHROMIUM", False))
    if path is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def comes(taskora: Installation, browser: Browser) -> Iterator[Callable[..., Somebody]]:
    """`comes("Alice")`: a person with a browser of their own, who has no account yet."""
    with ExitStack() as people:

        @contextmanager
        def sitting(name: str, options: dict[str, str]) -> Iterator[Somebody]:
            context = browser.new_context(
                base_url=taskora.address,
                locale="en-GB",
                timezone_id="Europe/Berlin",
                reduced_motion="reduce",
                color_scheme="dark" if options.get("theme") == "dark" else "light",
            )
            context.set_default_timeout(PATIENCE * 1000)
            somebody = Somebody(name, taskora.address, context)
            yield somebody
            context.close()
            assert somebody.complaints == []

        yield lambda name, **options: people.enter_context(sitting(name, options))


@pytest.fixture
def alice(comes: Callable[..., Somebody]) -> Somebody:
    """Alice has an account and is logged in."""
    return comes("Alice").with_account()


@pytest.fixture
def mallory(comes: Callable[..., Somebody]) -> Somebody:
    return comes("Mallory").with_account()
