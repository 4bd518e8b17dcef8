"""boto3, unmodified: second factors and sign-in by choice, also with a release that is older than some operations.

Reads ENDPOINT, and POOL and CLIENT of a pool that allows codes by mail as a first factor. Prints one line per finished step, and what the release
does not know; fails with the assertion that does not hold.
"""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
import urllib.parse
import urllib.request

import boto3
import botocore
from botocore.config import Config

ENDPOINT = os.environ["ENDPOINT"]
POOL = os.environ["POOL"]
CLIENT = os.environ["CLIENT"]
PASSWORD = "Correct-Horse-7"


def connect(**more):
    return boto3.client(
        "cognito-idp",
        endpoint_url=ENDPOINT,
        region_name="eu-west-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        **more,
    )


idp = connect()
people = connect(config=Config(signature_version=botocore.UNSIGNED))


def code_for(address):
    query = urllib.parse.urlencode({"to": address})
    with urllib.request.urlopen(f"{ENDPOINT}/inbox/messages?{query}") as answer:
        return json.load(answer)["messages"][0]["code"]


def totp(secret, periods_away=0):
    """RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + periods_away), hashlib.sha1)
    at = digest[-1] & 15
    return f"{struct.unpack('>I', digest[at:at + 4])[0] % 2**31 % 10**6:06}"


def step(name):
    print(name, flush=True)


def refused(exception, call, **words):
    try:
        call(**words)
    except exception:
        return
    raise AssertionError(f"{exception.__name__} was expected")


def add_user(pool, name):
    idp.admin_create_user(
        UserPoolId=pool,
        Username=name,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": f"{name}@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ],
    )
    idp.admin_set_user_password(
        UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True
    )


def start(client, flow, **parameters):
    return people.initiate_auth(ClientId=client, AuthFlow=flow, AuthParameters=parameters)


def answer(client, asked, **responses):
    return people.respond_to_auth_challenge(
        ClientId=client,
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses=responses,
    )


pool = idp.create_user_pool(PoolName="factors from python")["UserPool"]["Id"]
client = idp.create_user_pool_client(
    UserPoolId=pool,
    ClientName="script",
    ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
)["UserPoolClient"]["ClientId"]
add_user(pool, "ada")
wanted = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
idp.set_user_pool_mfa_config(UserPoolId=pool, **wanted)
shown = idp.get_user_pool_mfa_config(UserPoolId=pool)
assert {name: shown[name] for name in wanted} == wanted, shown
password = {"USERNAME": "ada", "PASSWORD": PASSWORD}
token = start(client, "USER_PASSWORD_AUTH", **password)["AuthenticationResult"]["AccessToken"]
secret = people.associate_software_token(AccessToken=token)["SecretCode"]
refused(
    people.exceptions.EnableSoftwareTokenMFAException,
    people.verify_software_token,
    AccessToken=token,
    UserCode=totp(secret, -100),
)
verified = people.verify_software_token(AccessToken=token, UserCode=totp(secret, -1))
assert verified["Status"] == "SUCCESS", verified
people.set_user_mfa_preference(
    AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
)
step("an authenticator application is set up")

asked = start(client, "USER_PASSWORD_AUTH", **password)
assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA", asked
refused(
    people.exceptions.CodeMismatchException,
    answer,
    client=client,
    asked=asked,
    USERNAME="ada",
    SOFTWARE_TOKEN_MFA_CODE=totp(secret, -100),
)
done = answer(client, asked, USERNAME="ada", SOFTWARE_TOKEN_MFA_CODE=totp(secret))
assert done["AuthenticationResult"]["AccessToken"]
step("a sign-in asks for its code")

user = {"UserPoolId": pool, "Username": "ada"}
seen = idp.admin_get_user(**user)
assert seen["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"], seen
assert seen["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA", seen
idp.admin_set_user_mfa_preference(**user, SoftwareTokenMfaSettings={"Enabled": False})
assert "UserMFASettingList" not in idp.admin_get_user(**user)
assert "AuthenticationResult" in start(client, "USER_PASSWORD_AUTH", **password)
step("an administrator turns it off")

idp.set_user_pool_mfa_config(UserPoolId=pool, **{**wanted, "MfaConfiguration": "ON"})
add_user(pool, "bob")
asked = start(client, "USER_PASSWORD_AUTH", USERNAME="bob", PASSWORD=PASSWORD)
assert asked["ChallengeName"] == "MFA_SETUP", asked
made = people.associate_software_token(Session=asked["Session"])
verified = people.verify_software_token(
    Session=made["Session"], UserCode=totp(made["SecretCode"])
)
done = answer(client, {**asked, "Session": verified["Session"]}, USERNAME="bob")
assert done["AuthenticationResult"]["AccessToken"]
step("where it is required it is set up at sign-in")

add_user(POOL, "ida")
asked = start(CLIENT, "USER_AUTH", USERNAME="ida", PREFERRED_CHALLENGE="EMAIL_OTP")
assert asked["ChallengeName"] == "EMAIL_OTP", asked
refused(
    people.exceptions.CodeMismatchException,
    answer,
    client=CLIENT,
    asked=asked,
    USERNAME="ida",
    EMAIL_OTP_CODE="00000000",
)
done = answer(CLIENT, asked, USERNAME="ida", EMAIL_OTP_CODE=code_for("ida@example.com"))
assert done["AuthenticationResult"]["AccessToken"]
step("a code by mail signs in")

asked = start(CLIENT, "USER_AUTH", USERNAME="ida")
assert asked["ChallengeName"] == "SELECT_CHALLENGE", asked
done = answer(CLIENT, asked, USERNAME="ida", ANSWER="PASSWORD", PASSWORD=PASSWORD)
assert done["AuthenticationResult"]["AccessToken"]
asked = start(CLIENT, "USER_AUTH", USERNAME="ida")
asked = answer(CLIENT, asked, USERNAME="ida", ANSWER="EMAIL_OTP")
assert asked["ChallengeName"] == "EMAIL_OTP", asked
token = answer(CLIENT, asked, USERNAME="ida", EMAIL_OTP_CODE=code_for("ida@example.com"))[
    "AuthenticationResult"
]["AccessToken"]
step("people choose between a password and a code")

ida = {"UserPoolId": POOL, "Username": "ida"}
if hasattr(idp, "admin_get_user_auth_factors"):
    factors = idp.admin_get_user_auth_factors(**ida)
    assert factors["ConfiguredUserAuthFactors"] == ["PASSWORD", "EMAIL_OTP"], factors
    assert people.get_user_auth_factors(AccessToken=token)["Username"] == "ida"
    step("factors are shown to administrators and users")
else:
    step(f"boto3 {boto3.__version__} does not know the operations on factors")
