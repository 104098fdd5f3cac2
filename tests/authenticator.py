"""An authenticator as a person has one, and switching it on."""

import time

import pyotp

from tests.newcomers import PASSWORD, Newcomer


class Authenticator:
    """Its clock stands still: the present code, and that of a step later, are good however long the test takes."""

    def __init__(self, secret: str) -> None:
        self._totp, self._step = pyotp.TOTP(secret), int(time.time()) // 30

    def code(self, steps: int = 0) -> str:
        return self._totp.generate_otp(self._step + steps)

    def wrong(self) -> str:
        right = {self.code(steps) for steps in range(-3, 6)}
        return next(code for code in map("{:06}".format, range(111111, 999999)) if code not in right)


def begin(person: Newcomer, password: str = PASSWORD) -> Authenticator:
    answer = person.browser.post("/api/me/second-factor", json={"password": password})
    assert answer.status_code == 200, answer.text
    return Authenticator(answer.json()["secret"])


def switch_on(person: Newcomer, password: str = PASSWORD) -> tuple[Authenticator, list[str]]:
    """As if the code for it had been used long ago, so that no test waits for the next one."""
    authenticator = begin(person, password)
    answer = person.browser.post("/api/me/second-factor/confirm", json={"code": authenticator.code()})
    assert answer.status_code == 200, answer.text
    person.world.rows("UPDATE second_factors SET last_step = 1 WHERE user_id = %s", person.id)
    codes: list[str] = answer.json()["recovery_codes"]
    return authenticator, codes
