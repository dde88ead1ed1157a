//! Programs that look at the machine, or change it.

use crate::facts::program::reader::process;
use crate::facts::program::reader::system as reader;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::row;

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("date,gdate", "D*", &["-ujnR -d,date= -f,file=r -I=? iso-8601=? -r,reference=l -v= -z= \
         resolution rfc-2822 rfc-email rfc-3339= -s,set=!changes_system utc universal debug"])
        .reader(reader::date),
    row("hostname,domainname,nisdomainname,dnsdomainname", "H*",
        &["-aAdfiIsyV -F=!changes_system file=!changes_system -b!changes_system \
         boot!changes_system alias all-fqdns all-ip-addresses domain fqdn long ip-address short \
         yp"])
        .reader(reader::hostname),
    row("uname,id,users,who,w,last,lastlog,getconf,locale,free,vmstat,iostat,mpstat,lscpu,\
         lsblk,lspci,lsusb,lsmem,lsns,sw_vers,lsb_release,ostype,pgrep,pidof,clear,\
         reset,tput,stty,nproc-,hostid,runlevel,findmnt,blkid,dmidecode,uuidgen,mcookie,getopt,\
         errno,units,cal-,sensors,vm_stat,system_profiler,tabs,infocmp,toe,column-",
        "t*", &[]).shape(LOOSE),
    row("ps", "t*", &[]).shape(RAW).reader(process::ps),
    row("top,htop,btop,atop,glances,nethogs,iotop,iftop,nmon,bashtop", "t*",
        &["!opens_interactive -n= -d= -p= -u= -b -c -H -i -o="]).shape(LOOSE),
    row("lsof,ss,netstat,ip,ifconfig,route,iwconfig,ethtool,bridge,tc,nmcli,networksetup,\
         scutil,iptables,ip6tables,nft,ufw,firewall-cmd,pfctl,brctl,arptables,ipset", "t*",
        &["-K!controls_processes"]).shape(LOOSE).reader(reader::interface),
    row("less,more,most,pg,lv", "r*",
        &["!opens_interactive -o=w -O=w log-file=w -k=k lesskey-file=k lesskey-src=k -p= -P= -t= \
         -T=r -x= -y= -z= -b= -h= -j= -D="]).shape(LOOSE | NUMBERS | PLUS),
    row("journalctl,dmesg,coredumpctl,ausearch,sealert,log", "t*",
        &["-C!changes_system clear!changes_system -c!changes_system vacuum-size=!changes_system \
         vacuum-time=!changes_system -D=r directory=r file=r"]).shape(LOOSE),
    row("systemctl,service,initctl,rc-service,rc-update,chkconfig,update-rc.d,loginctl,sv,s6-svc,\
         supervisorctl,pm2,forever,brew-services,invoke-rc.d,openrc,telinit,init", "t*",
        &["!controls_processes !changes_system -H=h host=h root=w"]).shape(LOOSE),
    row("shutdown,reboot,poweroff,halt,systemd-sleep,pm-suspend,kexec",
        "t*", &["!controls_processes !changes_system"]).shape(LOOSE),
    row("mount,umount,losetup,swapon,swapoff,fusermount,cryptsetup,dmsetup,sshfs,diskutil,hdiutil,\
         zpool,zfs,btrfs,lvm,pvcreate,vgcreate,lvcreate,mdadm,partprobe,hdparm,smartctl,nvme,\
         sg_format,blockdev", "b*", &["!opens_device !changes_system"]).shape(LOOSE),
    row("mkfs,mkfs.ext4,mkfs.ext3,mkfs.ext2,mkfs.xfs,mkfs.btrfs,mkfs.vfat,mkfs.fat,mkfs.ntfs,\
         mke2fs,mkswap,fdisk,sfdisk,cfdisk,gdisk,sgdisk,parted,wipefs,blkdiscard,badblocks,\
         e2fsck,fsck,resize2fs,tune2fs,debugfs,flashrom,fwupdmgr", "w*",
        &["!opens_device !changes_system"]).shape(LOOSE),
    row("passwd,chpasswd,usermod,useradd,userdel,adduser,deluser,groupadd,groupmod,\
         groupdel,gpasswd,visudo,vipw,vigr,chsh,chfn,newusers,pwconv,chage,\
         sudoedit,pam-auth-update,dscl,sysadminctl,faillock", "t*",
        &["!raises_privilege !changes_system"]).shape(LOOSE),
    row("sysctl,modprobe,insmod,rmmod,depmod,timedatectl,hostnamectl,localectl,hwclock,\
         ldconfig,update-alternatives,alternatives,update-ca-certificates,trust,setenforce,\
         semanage,restorecon,setsebool,aa-enforce,aa-complain,auditctl,grub-install,\
         update-grub,efibootmgr,tzselect,dpkg-reconfigure,defaults,csrutil,spctl,nvram,pmset,\
         softwareupdate,reg,regedit,netsh,bcdedit,sc,wmic,setx", "t*",
        &["!changes_system"]).shape(LOOSE),
    row("xclip,xsel,pbcopy,pbpaste,wl-copy,wl-paste,scrot,screencapture,import,gnome-screenshot,\
         grim,maim,flameshot,spectacle,xdotool,xte,ydotool,wtype,xinput,ffmpeg,arecord,\
         clip,clip.exe,xwd,wmctrl,xdg-open,open,start,gio,sensible-browser,x-www-browser,\
         firefox,chromium,google-chrome,chrome,safari", "b*",
        &["!captures_desktop"]).shape(LOOSE),
    row("readelf,objdump,nm,size,ldd,c++filt,addr2line,otool,dyldinfo,lipo,pahole,dwarfdump,\
         elfedit-", "r*", &["-f=t info"]).shape(LOOSE),
    row("strip,objcopy,ranlib,patchelf,chrpath,install_name_tool,codesign,elfedit", "w*",
        &["-o=w output=w"]).shape(LOOSE),
    row("protoc,buf,flatc,thrift,swagger-codegen,openapi-generator,graphql-codegen,\
         mockgen,stringer,wire,sqlc,bindgen,cbindgen,cxxbridge", "b*",
        &["!loads_code plugin=o -o=w"]).shape(LOOSE),
    row("claude,codex,gemini,aider,copilot,cursor-agent,goose,opencode,crush,amp,llm,\
         ollama,sgpt", "t*",
        &["!executes_inline_code !sends_data !fetches_data"]).shape(LOOSE),
    row("tzdump,zdump,dircolors,msgfmt,gettext,xmllint,xmlstarlet,plutil,exiftool,\
         identify,mediainfo,pdftotext,pdfinfo,tidy,csvcut,csvlook,csvgrep,csvstat,mlr,xsv,qsv,q,\
         dasel,gron,jo,fx,htmlq,pup,glow,mdcat,delta,diff-so-fancy,difft,wdiff,zdiff,\
         bzdiff,bzgrep,xzgrep,zless,bzless,asciidoctor,pandoc", "r*",
        &["-o=w output=w output-file=w -w=w load-dtd!fetches_data net!fetches_data -i#W filter=x \
         lua-filter=x -F=x"]).shape(LOOSE | ABBREVIATES),
];
