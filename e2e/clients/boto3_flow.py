"""boto3, unmodified, with nothing but its endpoint set: what administrators' scripts run on.

Reads ENDPOINT from the environment, prints one line per finished step, and fails with the assertion that does not hold.
"""

import datetime
import json
import os
import re
import time
import urllib.parse
import urllib.request

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["ENDPOINT"]
PASSWORD = "Correct-Horse-7"


def connect(secret="local", **more):
    return boto3.client(
        "cognito-idp",
        endpoint_url=ENDPOINT,
        region_name="eu-west-1",
        aws_access_key_id="local",
        aws_secret_access_key=secret,
        **more,
    )


idp = connect()
people = connect(config=Config(signature_version=botocore.UNSIGNED))


def code_for(address):
    query = urllib.parse.urlencode({"to": address})
    with urllib.request.urlopen(f"{ENDPOINT}/inbox/messages?{query}") as answer:
        return json.load(answer)["messages"][0]["code"]


def refused(exception, message, call, **words):
    try:
        call(**words)
    except exception as error:
        assert error.response["Error"]["Code"] == exception.__name__, error.response
        assert re.search(message, error.response["Error"]["Message"]), error.response
        metadata = error.response["ResponseMetadata"]
        assert metadata["HTTPStatusCode"] == 400, metadata
        assert metadata["RetryAttempts"] == 0, metadata
        assert re.fullmatch(r"[0-9a-f-]{36}", metadata["RequestId"]), metadata
        return
    raise AssertionError(f"{exception.__name__} was expected")


def attributes(pairs):
    return [{"Name": name, "Value": value} for name, value in pairs.items()]


def values(listed):
    return {pair["Name"]: pair["Value"] for pair in listed}


def step(name):
    print(name, flush=True)


pool = idp.create_user_pool(
    PoolName="from python",
    AliasAttributes=["email", "preferred_username"],
    AutoVerifiedAttributes=["email"],
    Schema=[{"Name": "email", "AttributeDataType": "String", "Required": True, "Mutable": True}],
)["UserPool"]
pool_id = pool["Id"]
assert isinstance(pool["CreationDate"], datetime.datetime), pool["CreationDate"]
client = idp.create_user_pool_client(
    UserPoolId=pool_id,
    ClientName="script",
    ExplicitAuthFlows=[
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ],
)["UserPoolClient"]
client_id = client["ClientId"]
assert "ClientSecret" not in client
idp.create_group(UserPoolId=pool_id, GroupName="admin", Precedence=1)
described = idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
assert described["Name"] == "from python"
assert pool_id in [each["Id"] for page in idp.get_paginator("list_user_pools").paginate(
    PaginationConfig={"PageSize": 1}) for each in page["UserPools"]]
step("a pool, an app client and a group")

identifier = "https://api.example.com"
scopes = [{"ScopeName": "read", "ScopeDescription": "Reads"}]
server = {"UserPoolId": pool_id, "Identifier": identifier, "Name": "API", "Scopes": scopes}
assert idp.create_resource_server(**server)["ResourceServer"] == server
machine = {
    "UserPoolId": pool_id,
    "ClientName": "machine",
    "GenerateSecret": True,
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
}
made = idp.create_user_pool_client(AllowedOAuthScopes=[identifier + "/read"], **machine)
assert made["UserPoolClient"]["AllowedOAuthScopes"] == [identifier + "/read"]
refused(
    idp.exceptions.ScopeDoesNotExistException,
    r"^Invalid scope requested: https://api\.example\.com/write$",
    idp.create_user_pool_client,
    AllowedOAuthScopes=[identifier + "/write"],
    **machine,
)
named = {"UserPoolId": pool_id, "Identifier": identifier}
assert idp.update_resource_server(Name="New", **named)["ResourceServer"]["Scopes"] == []
assert idp.describe_resource_server(**named)["ResourceServer"]["Name"] == "New"
listed = idp.get_paginator("list_resource_servers").paginate(
    UserPoolId=pool_id, PaginationConfig={"PageSize": 1})
assert [each["Identifier"] for page in listed for each in page["ResourceServers"]] == [identifier]
idp.delete_resource_server(**named)
refused(
    idp.exceptions.ResourceNotFoundException,
    r"does not exist",
    idp.describe_resource_server,
    **named,
)
idp.delete_user_pool_client(UserPoolId=pool_id, ClientId=made["UserPoolClient"]["ClientId"])
step("a resource server and its scopes")

blocking = {"Actions": {"EventAction": "BLOCK"}}
refused(
    idp.exceptions.UserPoolAddOnNotEnabledException,
    r"not enabled",
    idp.set_risk_configuration,
    UserPoolId=pool_id,
    CompromisedCredentialsRiskConfiguration=blocking,
)
step("no risk without threat protection")
google = {"client_id": "id", "client_secret": "hush", "authorize_scopes": "email"}
named = {"UserPoolId": pool_id, "ProviderName": "Google"}
made = idp.create_identity_provider(
    ProviderType="Google", ProviderDetails=google, IdpIdentifiers=["acme"], **named
)["IdentityProvider"]
assert isinstance(made["CreationDate"], datetime.datetime), made
assert made["AttributeMapping"] == {"username": "sub"}, made
assert made["ProviderDetails"]["authorize_url"] == "https://accounts.google.com/o/oauth2/v2/auth"
assert idp.describe_identity_provider(**named)["IdentityProvider"] == made
assert idp.get_identity_provider_by_identifier(
    UserPoolId=pool_id, IdpIdentifier="acme")["IdentityProvider"] == made
refused(
    idp.exceptions.DuplicateProviderException,
    r"^Google already exists in user pool ",
    idp.create_identity_provider,
    ProviderType="Google",
    ProviderDetails=google,
    **named,
)
changed = idp.update_identity_provider(AttributeMapping={"email": "email"}, **named)
assert changed["IdentityProvider"]["AttributeMapping"] == {"username": "sub", "email": "email"}
listed = idp.get_paginator("list_identity_providers").paginate(UserPoolId=pool_id)
assert [each["ProviderName"] for page in listed for each in page["Providers"]] == ["Google"]
assert len(idp.get_signing_certificate(UserPoolId=pool_id)["Certificate"]) > 500
idp.admin_create_user(UserPoolId=pool_id, Username="linked", MessageAction="SUPPRESS",
                      UserAttributes=attributes({"email": "linked@example.com"}))
source = {
    "ProviderName": "Google",
    "ProviderAttributeName": "Cognito_Subject",
    "ProviderAttributeValue": "117",
}
destination = {"ProviderName": "Cognito", "ProviderAttributeValue": "linked"}
idp.admin_link_provider_for_user(
    UserPoolId=pool_id, DestinationUser=destination, SourceUser=source)
user = idp.admin_get_user(UserPoolId=pool_id, Username="linked")
assert json.loads(values(user["UserAttributes"])["identities"])[0]["userId"] == "117"
idp.admin_disable_provider_for_user(UserPoolId=pool_id, User=source)
refused(
    idp.exceptions.InvalidParameterException,
    r"isn't linked",
    idp.admin_disable_provider_for_user,
    UserPoolId=pool_id,
    User=source,
)
idp.admin_delete_user(UserPoolId=pool_id, Username="linked")
idp.delete_identity_provider(**named)
step("an identity provider")

signed_up = people.sign_up(
    ClientId=client_id,
    Username="ada",
    Password=PASSWORD,
    UserAttributes=attributes({"email": "ada@example.com"}),
)
assert signed_up["UserConfirmed"] is False
assert signed_up["CodeDeliveryDetails"]["Destination"] == "a***@e***"
login = {
    "ClientId": client_id,
    "AuthFlow": "USER_PASSWORD_AUTH",
    "AuthParameters": {"USERNAME": "ada", "PASSWORD": PASSWORD},
}
refused(
    idp.exceptions.UserNotConfirmedException,
    r"^User is not confirmed\.$",
    people.initiate_auth,
    **login,
)
idp.admin_confirm_sign_up(UserPoolId=pool_id, Username="ada")
people.sign_up(
    ClientId=client_id,
    Username="bob",
    Password=PASSWORD,
    UserAttributes=attributes({"email": "bob@example.com"}),
)
people.confirm_sign_up(
    ClientId=client_id, Username="bob", ConfirmationCode=code_for("bob@example.com")
)
bob = idp.admin_get_user(UserPoolId=pool_id, Username="bob@example.com")
assert (bob["Username"], bob["UserStatus"]) == ("bob", "CONFIRMED"), bob
step("sign-up, confirmed by an administrator and by a code")

idp.admin_add_user_to_group(UserPoolId=pool_id, Username="ada", GroupName="admin")
tokens = people.initiate_auth(**login)["AuthenticationResult"]
assert tokens["TokenType"] == "Bearer" and tokens["ExpiresIn"] == 3600
user = people.get_user(AccessToken=tokens["AccessToken"])
assert user["Username"] == "ada"
assert values(user["UserAttributes"])["email"] == "ada@example.com"
refreshed = people.initiate_auth(
    ClientId=client_id,
    AuthFlow="REFRESH_TOKEN_AUTH",
    AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
)["AuthenticationResult"]
assert refreshed["AccessToken"] != tokens["AccessToken"]
assert "RefreshToken" not in refreshed
people.update_user_attributes(
    AccessToken=tokens["AccessToken"], UserAttributes=attributes({"nickname": "A"})
)
people.change_password(
    AccessToken=tokens["AccessToken"], PreviousPassword=PASSWORD, ProposedPassword="Another-1!"
)
people.global_sign_out(AccessToken=tokens["AccessToken"])
refused(
    idp.exceptions.NotAuthorizedException,
    r"^Access Token has been revoked$",
    people.get_user,
    AccessToken=tokens["AccessToken"],
)
step("sign-in, refresh, attributes, password, sign-out")

idp.admin_create_user(
    UserPoolId=pool_id,
    Username="carol",
    UserAttributes=attributes({"email": "carol@example.com"}),
    DesiredDeliveryMediums=["EMAIL"],
)
started = idp.admin_initiate_auth(
    UserPoolId=pool_id,
    ClientId=client_id,
    AuthFlow="ADMIN_USER_PASSWORD_AUTH",
    AuthParameters={"USERNAME": "carol", "PASSWORD": code_for("carol@example.com")},
)
assert started["ChallengeName"] == "NEW_PASSWORD_REQUIRED", started
answer = people.respond_to_auth_challenge(
    ClientId=client_id,
    ChallengeName="NEW_PASSWORD_REQUIRED",
    Session=started["Session"],
    ChallengeResponses={"USERNAME": "carol", "NEW_PASSWORD": PASSWORD},
)
assert answer["AuthenticationResult"]["AccessToken"]
people.delete_user(AccessToken=answer["AuthenticationResult"]["AccessToken"])
step("an invitation, and its temporary password replaced")

people.forgot_password(ClientId=client_id, Username="bob")
people.confirm_forgot_password(
    ClientId=client_id,
    Username="bob",
    ConfirmationCode=code_for("bob@example.com"),
    Password="Remembered-1!",
)
people.initiate_auth(
    ClientId=client_id,
    AuthFlow="USER_PASSWORD_AUTH",
    AuthParameters={"USERNAME": "bob@example.com", "PASSWORD": "Remembered-1!"},
)
step("a forgotten password")

for number in range(5):
    idp.admin_create_user(
        UserPoolId=pool_id, Username=f"list{number}", MessageAction="SUPPRESS"
    )
pages = list(
    idp.get_paginator("list_users").paginate(
        UserPoolId=pool_id, Filter='username ^= "list"', PaginationConfig={"PageSize": 2}
    )
)
names = sorted(user["Username"] for page in pages for user in page["Users"])
assert names == [f"list{number}" for number in range(5)], names
assert len(pages) >= 3
assert isinstance(pages[0]["Users"][0]["UserCreateDate"], datetime.datetime)
groups = idp.get_paginator("admin_list_groups_for_user").paginate(
    UserPoolId=pool_id, Username="ada"
)
assert [group["GroupName"] for page in groups for group in page["Groups"]] == ["admin"]
step("lists, page by page")

job = idp.create_user_import_job(
    JobName="people",
    UserPoolId=pool_id,
    CloudWatchLogsRoleArn="arn:aws:iam::000000000000:role/logs",
)["UserImportJob"]
columns = idp.get_csv_header(UserPoolId=pool_id)["CSVHeader"]
row = {
    "cognito:username": "imported",
    "cognito:mfa_enabled": "FALSE",
    "email": "imported@example.com",
    "email_verified": "TRUE",
}
lines = [",".join(columns), ",".join(row.get(column, "") for column in columns)]
upload = urllib.request.Request(
    job["PreSignedUrl"],
    method="PUT",
    data="\n".join(lines).encode(),
    headers={"x-amz-server-side-encryption": "aws:kms"},
)
assert urllib.request.urlopen(upload).status == 200
named = {"UserPoolId": pool_id, "JobId": job["JobId"]}
idp.start_user_import_job(**named)
for _ in range(600):
    job = idp.describe_user_import_job(**named)["UserImportJob"]
    if "CompletionDate" in job:
        break
    time.sleep(0.05)
assert (job["Status"], job["ImportedUsers"]) == ("Succeeded", 1), job
listed = idp.list_user_import_jobs(UserPoolId=pool_id, MaxResults=10)["UserImportJobs"]
assert [one["JobId"] for one in listed] == [named["JobId"]]
refused(
    idp.exceptions.PreconditionNotMetException,
    r"cannot be stopped",
    idp.stop_user_import_job,
    **named,
)
step("users imported from a file")

refused(
    idp.exceptions.UserNotFoundException,
    r"^User does not exist\.$",
    idp.admin_get_user,
    UserPoolId=pool_id,
    Username="nobody",
)
refused(
    idp.exceptions.UsernameExistsException,
    r"^User already exists$",
    people.sign_up,
    ClientId=client_id,
    Username="ada",
    Password=PASSWORD,
    UserAttributes=attributes({"email": "other@example.com"}),
)
refused(
    idp.exceptions.InvalidPasswordException,
    r"^Password did not conform with policy: Password must have symbol characters$",
    idp.admin_set_user_password,
    UserPoolId=pool_id,
    Username="ada",
    Password="Abcdefg1",
)
refused(
    idp.exceptions.ResourceNotFoundException,
    r"^User pool eu-west-1_AAAAAAAAA does not exist\.$",
    idp.list_users,
    UserPoolId="eu-west-1_AAAAAAAAA",
)
refused(
    idp.exceptions.InvalidParameterException,
    r"failed to satisfy constraint: Member must satisfy regular expression pattern",
    idp.list_users,
    UserPoolId="no pool",
)
try:
    connect(secret="another").list_user_pools(MaxResults=1)
    raise AssertionError("a wrong secret was accepted")
except ClientError as error:
    assert error.response["Error"]["Code"] == "InvalidSignatureException", error.response
step("refusals by their classes")

assert idp.admin_delete_user(UserPoolId=pool_id, Username="ada")["ResponseMetadata"][
    "HTTPStatusCode"
] == 200
idp.delete_user_pool(UserPoolId=pool_id)
refused(
    idp.exceptions.ResourceNotFoundException,
    r"does not exist",
    idp.describe_user_pool,
    UserPoolId=pool_id,
)
step("everything deleted")
