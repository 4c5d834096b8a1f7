package policies["genesys-tenant"].lib

# version_less compares versions of images and charts. The release notes write 100.0.100.0041 for 100.0.1000041. It is
# undefined for anything that is no version.
version_less(a, b) if _version(a) < _version(b)

_version(text) := [to_number(part) |
	some part in split(regex.replace(text, `^v?(\d+\.\d+\.\d{3})\.(\d{4})$`, `$1$2`), ".")
] if {
	regex.match(`^v?\d+(\.\d+)*$`, text)
	not startswith(text, "v")
}
